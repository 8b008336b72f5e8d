import type { LedgerStore } from './ledger-store.ts'
import type { CountyBalances } from './trial-balance.ts'
import { countyBalances } from './trial-balance.ts'

/** A county's trial balances as of one moment, in the chart's words and in the stories'. */
export async function trialBalance(ledger: LedgerStore, county: string): Promise<CountyBalances> {
  return ledger.atOneMoment(async (session) => {
    const heads = await ledger.headsOf(county, {}, session)
    const subs = await ledger.subsOf(county, {}, session)
    return countyBalances(heads, subs)
  })
}
