import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import type { ConferenceStore, QueuedItem } from './conference-store.ts'

/** Where an item stands in the queue: the `place`-th `of` so many. */
export interface Place {
  readonly place: number
  readonly of: number
}

/** The place of an item; undefined once it no longer waits. */
export function placeIn(queue: readonly Pick<QueuedItem, 'id'>[], id: string): Place | undefined {
  const index = queue.findIndex((item) => item.id === id)
  return index < 0 ? undefined : { place: index + 1, of: queue.length }
}

interface TellQueueServices {
  readonly conferences: ConferenceStore
  readonly inTransaction: InTransaction
}

/**
 * Tells the township and the county where each waiting case stands, after something came into the queue or left it.
 *
 * Follows the fact, so it counts what was committed; it tells screens only and writes no journal line.
 */
export function tellQueue({ conferences, inTransaction }: TellQueueServices, by: By): Promise<{ of: number }> {
  return inTransaction(by, async (tx) => {
    const queue = await conferences.queue(tx.county, tx.session)
    for (const { id, caseNo, unit } of queue) {
      const place = placeIn(queue, id)
      tx.tell({
        stream: `place:${newId()}`,
        seq: 1,
        type: 'conference.place',
        data: { itemId: id, no: caseNo, ofCase: caseNo, unit, toUnit: tx.county, ...place },
      })
    }
    return { of: queue.length }
  })
}
