import type { Connection } from 'mongoose'
import { native } from '../../platform/mongo/index.ts'
import type { Entry } from '../entry.ts'
import { ledgerModels } from '../ledger-model.ts'

/** What a statement is made of. */
export interface StatementStore {
  /** Entries booked in a month, in order. */
  entriesOfMonth(county: string, fundId: string, period: string): Promise<Entry[]>
  /** The last entry booked before a month. */
  lastBefore(county: string, fundId: string, period: string): Promise<Entry | undefined>
}

/** The entries on a connection, month by month. */
export function createStatementStore(connection: Connection): StatementStore {
  const entries = native(ledgerModels(connection).entries)
  return {
    entriesOfMonth: (county, fundId, period) =>
      entries.find<Entry>({ county, fundId, period }).sort({ seq: 1 }).toArray(),
    async lastBefore(county, fundId, period) {
      const before = { county, fundId, period: { $lt: period } }
      const [newest] = await entries.find<Entry>(before).sort({ seq: -1 }).limit(1).toArray()
      return newest
    },
  }
}
