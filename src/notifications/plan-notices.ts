import type { InTransaction, OutboxRow } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import type { NoticePlan, NoticeRecord } from './notice.ts'
import { noticesFor } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'

export interface PlanNoticesServices {
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
  const plans = noticesFor(fact).filter(({ to }) => to !== '')
  const caseNo = fact.data['no']
  if (plans.length === 0 || typeof caseNo !== 'string') return
  const planned = await services.inTransaction(by, async (tx) => {
    const records = plans.map((plan) => noticeOf(plan, tx.county, caseNo, tx.at))
    await services.notices.insertMany(tx, records)
    for (const { id, to, kind, medium } of records)
      if (medium === 'screen')
        tx.tell({ stream: `notice:${id}`, seq: 1, type: 'notice.shown', data: { staffId: to, no: caseNo, kind } })
    return records.map(({ id, medium }, index) => ({ id, medium, delayMs: plans[index]?.delayMs ?? 0 }))
  })
  for (const { id, medium, delayMs } of planned)
    if (medium !== 'screen') await services.sendLater({ county: fact.county, id }, delayMs)
}

function noticeOf({ kind, medium, to, unit }: NoticePlan, county: string, caseNo: string, at: Date): NoticeRecord {
  const id = newId()
  const state = medium === 'screen' ? 'SENT' : 'PENDING'
  return {
    _id: `${county}/${id}`,
    county,
    id,
    version: 1,
    caseNo,
    kind,
    medium,
    to,
    ...(unit ? { unit } : {}),
    state,
    createdAt: at,
    ...(state === 'SENT' ? { sentAt: at } : {}),
  }
}
