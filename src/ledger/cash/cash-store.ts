import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { isDuplicateKeyIn } from '../../journal/index.ts'
import { native, replaceVersion } from '../../platform/mongo/index.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundId } from '../fund.ts'
import { withLongs } from '../long-numbers-store.ts'
import type { CashCount } from './cash-count.ts'
import { cashCountId } from './cash-count.ts'
import { cashCountModel } from './cash-model.ts'

/** The queries of cash counts. Every one begins with the county. */
export interface CashCountStore {
  find(county: string, id: string): Promise<CashCount | null>
  /** @throws DomainError `count.not_found` */
  get(tx: Tx, id: string): Promise<CashCount>
  /** @throws DomainError `count.waits_already` while another count of the till waits for its witness */
  insert(tx: Tx, count: CashCount): Promise<void>
  /** @throws DomainError `version.stale` */
  save(tx: Tx, before: CashCount, after: CashCount): Promise<CashCount>
  /** Newest first. */
  list(county: string, fundId: FundId, limit: number): Promise<CashCount[]>
  /** Days since one on which a till was counted, by fund; a count that was refused is none. */
  daysCounted(county: string, since: string): Promise<ReadonlyMap<FundId, ReadonlySet<string>>>
}

export function createCashCountStore(connection: Connection): CashCountStore {
  const counts = native(cashCountModel(connection))

  return {
    async find(county, id) {
      const found = await counts.findOne<CashCount>({ _id: cashCountId(county, id) })
      return found
    },

    async get({ county, session }, id) {
      const found = await counts.findOne<CashCount>({ _id: cashCountId(county, id) }, { session })
      if (!found) throw new DomainError('count.not_found', `No count ${id}`)
      return found
    },

    async insert({ session }, count) {
      try {
        await counts.insertOne(stored(count) as CashCount, { session })
      } catch (error) {
        if (isDuplicateKeyIn(error, 'cash_counts'))
          throw new DomainError('count.waits_already', 'Another count waits for its witness')
        throw error
      }
    },

    save: (tx, before, after) => replaceVersion(counts, tx, before, after, stored),

    async list(county, fundId, limit) {
      const found = await counts.find({ county, fundId }).sort({ countedAt: -1 }).limit(limit).toArray()
      return found
    },

    async daysCounted(county, since) {
      const found = await counts
        .find({ county, on: { $gte: since }, state: { $ne: 'REFUSED' } } as object, {
          projection: { fundId: 1, on: 1 },
        })
        .toArray()
      const days = new Map<FundId, Set<string>>()
      for (const { fundId, on } of found) days.set(fundId, (days.get(fundId) ?? new Set()).add(on))
      return days
    },
  }
}

/** Money as 64-bit integers; moments stay moments. */
function stored({ countedAt, witnessedAt, ...count }: CashCount): object {
  return { ...withLongs(count), countedAt, ...(witnessedAt ? { witnessedAt } : {}) }
}
