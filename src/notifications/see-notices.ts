import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import type { Actor, By } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import type { NoticeRecord } from './notice.ts'
import type { NoticeStore, WhichNotices } from './notice-store.ts'
import { noticeStream, SEEN_CLOCK } from './seen-clock.ts'

export interface SeeNoticesServices {
  readonly notices: NoticeStore
  readonly deadlines: Deadlines
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/**
 * What somebody was told counts as seen: it leaves their screen, and nobody is called about it any more.
 *
 * @param which - whose notices, and of which case; all of a case when nobody is named, because a colleague took it
 */
export function seeNotices(services: SeeNoticesServices, which: WhichNotices, by: By): Promise<{ seen: number }> {
  return services.inTransaction(by, async (tx) => {
    const unseen = await services.notices.unseen(tx.county, which, tx.session)
    await see(services, tx, unseen)
    return { seen: unseen.length }
  })
}

/** Somebody opened a case: what they were told about it is seen. Writes nothing when there is nothing new. */
export async function seeNoticesOfCase(services: SeeNoticesServices, caseNo: string, actor: Actor): Promise<void> {
  if (actor.kind !== 'staff') return
  const which = { caseNo, staffId: actor.staffId }
  const unseen = await services.notices.unseen(actor.county, which)
  const [newest] = unseen
  if (!newest) return
  const key = `see/${newest.id}/${unseen.length}`
  await seeNotices(services, which, { actor, key, bodyHash: key })
}

async function see({ notices, deadlines }: SeeNoticesServices, tx: Tx, unseen: readonly NoticeRecord[]): Promise<void> {
  await notices.markSeen(tx, unseen.map(({ id }) => id)) // prettier-ignore
  for (const { id } of unseen.filter(({ medium }) => medium === 'call'))
    await deadlines.meetDeadlines(tx, noticeStream(id), [SEEN_CLOCK])
}
