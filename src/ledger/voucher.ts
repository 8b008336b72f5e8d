import { DomainError } from '../shared/errors.ts'
import type { Entry, Leg } from './entry.ts'
import type { FundId } from './fund.ts'
import type { LedgerStore } from './ledger-store.ts'
import type { StoryLine } from './story-accounts.ts'
import { storyLines } from './story-accounts.ts'

/** An entry as a voucher: what an accountant files and an auditor compares. */
export interface Voucher {
  readonly fundId: FundId
  readonly fundName: string
  readonly entry: Entry
  readonly debits: readonly Leg[]
  readonly credits: readonly Leg[]
  /** Sum of either side. Fen; 0 when nothing moved. */
  readonly totalFen: number
  /** The whole event, other halves included, as the accounts office writes it. */
  readonly accounts: readonly StoryLine[]
}

/**
 * The voucher of an entry.
 *
 * @param seq - voucher number
 * @throws DomainError `fund.not_found`, `voucher.not_found`
 */
export async function findVoucher(ledger: LedgerStore, county: string, fundId: FundId, seq: number): Promise<Voucher> {
  const head = await ledger.head(county, fundId)
  if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
  const entry = await ledger.entry(county, fundId, seq)
  if (!entry) throw new DomainError('voucher.not_found', `No voucher ${seq} in ${fundId}`, { fundId, seq })
  const halves = await ledger.entriesById(county, entry.twins)
  const names = new Map((await ledger.headsOf(county)).map((one) => [one.fundId, one.name]))
  const debits = entry.legs.filter(({ d }) => d > 0)
  const credits = entry.legs.filter(({ c }) => c > 0)
  return {
    fundId,
    fundName: head.name,
    entry,
    debits,
    credits,
    totalFen: debits.reduce((sum, { d }) => sum + d, 0),
    accounts: storyLines([entry, ...halves], names),
  }
}
