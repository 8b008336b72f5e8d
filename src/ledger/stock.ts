import type { FundId } from './fund.ts'
import type { StockLine } from './goods.ts'
import { BY_VALUE, stockLine } from './goods.ts'
import type { LedgerStore } from './ledger-store.ts'

/** The goods of a fund that are counted by the piece; what is kept by value alone is left out. */
export async function stockOf(ledger: LedgerStore, county: string, fundId: FundId): Promise<StockLine[]> {
  const lots = await ledger.subsOf(county, { fundId, accounts: ['inkind'] })
  return lots.map(stockLine).filter(({ item }) => item !== BY_VALUE.item)
}
