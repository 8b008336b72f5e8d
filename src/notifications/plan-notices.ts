import type { InTransaction, OutboxRow, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import type { NoticePlan, NoticeRecord } from './notice.ts'
import { noticesFor } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'
import type { PostsToldServices } from './posts-told.ts'
import { noticesToPosts } from './posts-told.ts'
import type { SeenClockServices } from './seen-clock.ts'
import { noticeStream, startSeenClock } from './seen-clock.ts'

/** Asks for a notice to be sent; once however often it is asked. */
export type SendLater = (notice: { readonly county: string; readonly id: string }) => Promise<void>

export interface PlanNoticesServices extends PostsToldServices, SeenClockServices {
  readonly notices: NoticeStore
  readonly inTransaction: InTransaction
  readonly sendLater: SendLater
}

/**
 * Writes down who has to be told because of a fact, then asks for it to be sent. Runs at least once per fact and writes once.
 *
 * What stands on a screen is told by the live event itself; texts go through the queue, and calls do once nobody has seen the screen in time.
 */
export async function planNotices(services: PlanNoticesServices, fact: OutboxRow, by: By): Promise<void> {
  const told = [...noticesFor(fact), ...(await noticesToPosts(services, fact))]
  const plans = told.filter(({ to }) => to !== '')
  const caseNo = caseNoOf(fact)
  if (plans.length === 0) return
  const planned = await services.inTransaction(by, async (tx) => {
    const records = plans.map((plan) => noticeOf(plan, tx.county, caseNo, tx.at))
    await services.notices.insertMany(tx, records)
    const dueNow: string[] = []
    for (const record of records) if (await isDueNow(services, tx, record, fact)) dueNow.push(record.id)
    return dueNow
  })
  for (const id of planned) await services.sendLater({ county: fact.county, id })
}

/** What has to be sent at once; a screen is told here, and a call waits for its clock. */
async function isDueNow(
  services: PlanNoticesServices,
  tx: Tx,
  record: NoticeRecord,
  { data }: OutboxRow,
): Promise<boolean> {
  const { id, medium, to, kind, caseNo } = record
  if (medium === 'call') return !(await startSeenClock(services, tx, record, data['urgency']))
  if (medium === 'screen')
    tx.tell({ stream: noticeStream(id), seq: 1, type: 'notice.shown', data: { staffId: to, kind, no: caseNo } })
  return medium === 'text'
}

/** The case a fact tells of, by its own word or by the stream it stands in. */
function caseNoOf({ stream, data }: OutboxRow): string | undefined {
  const { no } = data
  if (typeof no === 'string') return no
  return stream.startsWith('case:') ? stream.slice('case:'.length) : undefined
}

function noticeOf(plan: NoticePlan, county: string, caseNo: string | undefined, at: Date): NoticeRecord {
  const { kind, medium, to, unit, about } = plan
  const id = newId()
  const state = medium === 'screen' ? 'SENT' : 'PENDING'
  return {
    _id: `${county}/${id}`,
    county,
    id,
    version: 1,
    ...(caseNo === undefined ? {} : { caseNo }),
    kind,
    medium,
    to,
    ...(unit ? { unit } : {}),
    ...(about ? { about } : {}),
    state,
    createdAt: at,
    ...(state === 'SENT' ? { sentAt: at } : {}),
    ...(medium === 'text' ? {} : { isUnseen: true }),
  }
}
