import type { Tx } from '../../journal/index.ts'
import type { BankServices } from './act-on-bank.ts'
import { scopeOfFund } from './act-on-bank.ts'
import type { BankAccount } from './bank-account.ts'
import type { BankLine } from './bank-line.ts'
import type { BankMatch, BankSide, FoundMatch } from './match.ts'
import { findMatches } from './match.ts'

/** Whoever finds a pair by rule. */
const RULE = 'system'

/**
 * Pairs what is open on both sides as far as the rules go, and moves the mark below which everything has its line.
 *
 * Done with every import, again as often as one likes: what is paired stays so, and no entry is touched.
 *
 * @returns how many pairs were found
 */
export async function matchByRule(
  services: Pick<BankServices, 'bank' | 'policies'>,
  tx: Tx,
  account: BankAccount,
): Promise<number> {
  const { bank, policies } = services
  const { county, fundId, settledSeq } = account
  const open = await openSides(services, tx, account)
  const proposed = await bank.matches(county, fundId, 'proposed', tx.session)
  const waiting = new Set(proposed.flatMap(({ _id, entryId }) => [_id, entryId]))
  const entries = open.filter(({ entryId }) => !waiting.has(entryId))
  const openLines = await bank.openLines(county, fundId, tx.session)
  const lines = openLines.filter(({ _id }) => !waiting.has(_id))
  const references = await bank.referencesOf(
    county,
    entries.map(({ entryId }) => entryId),
    tx.session,
  )
  const policy = await policies.at({ scope: scopeOfFund(fundId), at: tx.at })
  const found = findMatches(lines, entries, references, policy.value('bank.match_days'))
  await bank.addMatches(
    tx,
    found.map((match) => byRule(match, account, tx.at)),
  )
  const paired = new Set(found.flatMap(({ lineId, entryId }) => [lineId, entryId]))
  const marks = {
    settledSeq: settledMark(open, paired, settledSeq),
    settledLine: settledLineMark(openLines, paired, account),
  }
  if (marks.settledSeq > settledSeq || marks.settledLine > account.settledLine)
    await bank.saveAccount(tx, account, { ...account, ...marks })
  return found.length
}

/** Entries that changed the account at the bank and have no line yet, oldest first. */
export async function openSides(
  { bank }: Pick<BankServices, 'bank'>,
  { session }: Partial<Pick<Tx, 'session'>>,
  { county, fundId, settledSeq }: BankAccount,
): Promise<BankSide[]> {
  const sides = await bank.bankSides(county, fundId, settledSeq, session)
  const done = await bank.matchedEntries(
    county,
    sides.map(({ entryId }) => entryId),
    session,
  )
  return sides.filter(({ entryId }) => !done.has(entryId))
}

function byRule({ lineId, entryId, way }: FoundMatch, { county, fundId }: BankAccount, at: Date): BankMatch {
  return {
    _id: lineId,
    county,
    fundId,
    state: 'confirmed',
    way,
    entryId,
    proposedBy: RULE,
    proposedAt: at,
    confirmedBy: RULE,
    confirmedAt: at,
  }
}

/** The last entry before the first that still waits for its line; where nothing waits, the newest that was looked at. */
function settledMark(open: readonly BankSide[], found: ReadonlySet<string>, settledSeq: number): number {
  const first = open.find(({ entryId }) => !found.has(entryId))
  if (first) return first.seq - 1
  return open.at(-1)?.seq ?? settledSeq
}

/** The last line before the first that still waits for its entry; where none waits, the newest there is. */
function settledLineMark(open: readonly BankLine[], found: ReadonlySet<string>, { lines }: BankAccount): number {
  const first = open.find(({ _id }) => !found.has(_id))
  return first ? first.position - 1 : lines
}
