import { DomainError } from '../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import { checkEntry } from '../verify/check-entry.ts'
import { FaultFound } from '../verify/fault.ts'
import type { ReplayedFund } from '../verify/replayed-fund.ts'
import { openReplayed } from '../verify/replayed-fund.ts'

/**
 * Replays a fund from its first entry, checking each, and tells what stood after some of them.
 *
 * @param wanted - sequence numbers
 * @throws DomainError `ledger.broken` with the first entry that does not hold
 */
export async function replayFund(
  entries: AsyncIterable<Entry>,
  wanted: ReadonlySet<number>,
): Promise<Map<number, FundHead>> {
  const found = new Map<number, FundHead>()
  let fund: ReplayedFund | undefined
  for await (const entry of entries) {
    fund = replayed(fund, entry)
    if (wanted.has(entry.seq)) found.set(entry.seq, fund.head)
  }
  return found
}

function replayed(fund: ReplayedFund | undefined, entry: Entry): ReplayedFund {
  try {
    const open = fund ?? openReplayed(entry)
    checkEntry(open, entry)
    return open
  } catch (error) {
    if (!(error instanceof FaultFound)) throw error
    const { fundId, seq } = entry
    throw new DomainError('ledger.broken', `${fundId} fails at ${seq}: ${error.check}`, {
      fundId,
      seq,
      check: error.check,
    })
  }
}
