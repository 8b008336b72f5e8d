import type { InTransaction, OutboxRow } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import type { NoticePlan, NoticeRecord } from './notice.ts'
import { noticesFor } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'
import type { PostsToldServices } from './posts-told.ts'
import { noticesToPosts } from './posts-told.ts'

export interface PlanNoticesServices extends PostsToldServices {
  readonly notices: NoticeStore
  readonly inTransaction: InTransaction
  /** Asks for a notice to be sent; once however often it is asked. */
  readonly sendLater: (notice: { county: string; id: string }, delayMs: number) => Promise<void>
}

/**
 * Writes down who has to be told because of a fact, then asks for it to be sent. Runs at least once per fact and writes once.
 *
 * What stands on a screen is told by the live event itself; texts and calls go through the queue.
 */
export async function planNotices(services: PlanNoticesServices, fact: OutboxRow, by: By): Promise<void> {
  const told = [...noticesFor(fact), ...(await noticesToPosts(services, fact))]
  const plans = told.filter(({ to }) => to !== '')
  const caseNo = caseNoOf(fact)
  if (plans.length === 0) return
  const planned = await services.inTransaction(by, async (tx) => {
    const records = plans.map((plan) => noticeOf(plan, tx.county, caseNo, tx.at))
    await services.notices.insertMany(tx, records)
    for (const { id, to, kind, medium } of records)
      if (medium === 'screen')
        tx.tell({ stream: `notice:${id}`, seq: 1, type: 'notice.shown', data: { staffId: to, kind, no: caseNo } })
    return records.map(({ id, medium }, index) => ({ id, medium, delayMs: plans[index]?.delayMs ?? 0 }))
  })
  for (const { id, medium, delayMs } of planned)
    if (medium !== 'screen') await services.sendLater({ county: fact.county, id }, delayMs)
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
  }
}
