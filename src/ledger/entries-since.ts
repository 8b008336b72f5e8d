import type { Entry } from './entry.ts'
import type { FundId } from './fund.ts'
import type { LedgerStore } from './ledger-store.ts'

/** Entries read at a time. */
const PAGE = 200

/**
 * A fund's entries booked since a moment, newest first.
 *
 * @param since - RFC 3339 in UTC
 */
export async function* entriesSince(
  ledger: LedgerStore,
  county: string,
  fundId: FundId,
  since: string,
): AsyncIterable<Entry> {
  let before: number | undefined
  for (;;) {
    const page = await ledger.entries(county, fundId, { limit: PAGE, ...(before === undefined ? {} : { before }) })
    for (const entry of page) {
      if (entry.bookedAt < since) return
      yield entry
    }
    before = page.at(-1)?.seq
    if (page.length < PAGE || before === undefined) return
  }
}
