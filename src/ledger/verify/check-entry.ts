import { addHold, addLegs } from '../balances.ts'
import { isSealed, isSealedLine } from '../chain.ts'
import type { Account, Balances, Held } from '../chart.ts'
import { accountsOf, identityGap, isReal, isSubdivided, mayBeNegative } from '../chart.ts'
import { chinaMonth } from '../../shared/china-day.ts'
import type { Entry, Leg } from '../entry.ts'
import { ENTRY_VERSION, entryId } from '../entry.ts'
import type { FundHead } from '../fund.ts'
import { balanceOf, freeFen } from '../fund.ts'
import { allowedPairs } from '../purposes.ts'
import { checkHoldNote } from './check-hold.ts'
import { monthsAfter } from '../periods/months.ts'
import { checkPeriod } from './check-period.ts'
import { checkLots, checkNames, checkReversal, checkTerms } from './check-undoing.ts'
import { demand } from './fault.ts'
import type { ReplayedFund } from './replayed-fund.ts'
import { replaySubs } from './replayed-fund.ts'

/**
 * Checks one entry against everything before it in its fund, and adds it.
 *
 * @param line - the text it was read from, when there is one
 * @throws FaultFound with the first check that fails
 */
export function checkEntry(fund: ReplayedFund, entry: Entry, line?: string): void {
  const { head } = fund
  checkPlace(head, entry, line)
  checkTime(head, entry)
  checkPeriod(head, entry)
  checkLegs(head, entry)
  checkNames(entry)
  checkTerms(head, entry)
  const after = headAfter(head, entry)
  checkBalances(after, entry)
  checkHoldNote(fund, entry)
  checkLots(entry)
  checkReversal(fund, entry)
  replaySubs(fund, entry)
  fund.head = after
}

function checkPlace(head: FundHead, entry: Entry, line: string | undefined): void {
  const { seq, fundId, prev } = entry
  if (seq !== head.seq + 1) demand(false, 'gap', `expected ${head.seq + 1}, found ${seq}`)
  demand(entry._id === entryId(fundId, seq), 'shape', `its id is ${entry._id}`)
  demand(entry.v === ENTRY_VERSION && entry.county === head.county, 'shape', 'unknown version or foreign county')
  demand(prev === head.hash, 'link', 'it does not follow the entry before it')
  demand(isSealedSafely(entry, line), 'hash', 'its hash is not the one its fields give')
  demand((entry.kind === 'fund.opened') === (seq === 1), 'opening', 'a fund is opened once, by its first entry')
}

function isSealedSafely(entry: Entry, line: string | undefined): boolean {
  try {
    return line === undefined ? isSealed(entry) : isSealedLine(entry, line)
  } catch {
    return false
  }
}

function checkTime(head: FundHead, { bookedAt, period }: Entry): void {
  const at = new Date(bookedAt)
  demand(!Number.isNaN(at.getTime()) && at.toISOString() === bookedAt, 'time', `booked at ${bookedAt}`)
  demand(bookedAt > head.bookedAt, 'time', 'booked before the entry before it')
  demand(period === chinaMonth(at), 'time', `not a booking of ${period}`)
}

function checkLegs(head: FundHead, { kind, legs, status }: Entry): void {
  const pairs = allowedPairs(head.kind, kind)
  demand(pairs !== undefined, 'purpose', `${kind} is no purpose of this fund`)
  for (const leg of legs) {
    demand(isLeg(leg), 'shape', 'a leg is neither a debit nor a credit')
    const { a, d } = leg
    const isListed = pairs.some((pair) => (d > 0 ? pair.startsWith(`${a}/`) : pair.endsWith(`/${a}`)))
    if (!isListed) demand(false, 'purpose', `${kind} may not touch ${a}`)
  }
  demand(legs.reduce((sum, { d, c }) => sum + d - c, 0) === 0, 'unbalanced', 'debits and credits differ')
  demand(pairs.length === 0 || legs.length >= 2, 'shape', 'an entry that must move money moves none')
  demand(head.status === 'open' || status === 'open', 'frozen', 'posted while the fund was frozen')
}

function isLeg({ a, s, d, c }: Leg): boolean {
  const amount = d === 0 ? c : d
  return (d === 0) !== (c === 0) && Number.isSafeInteger(amount) && amount > 0 && isSubdivided(a) === (s !== undefined)
}

function headAfter(head: FundHead, entry: Entry): FundHead {
  const { seq, hash, bookedAt, period, legs, hold } = entry
  return {
    ...head,
    ...monthsAfter(head, entry),
    ver: head.ver + 1,
    seq,
    hash,
    bookedAt,
    period,
    status: entry.status ?? head.status,
    terms: entry.terms ?? head.terms,
    bal: addLegs(head.bal, legs),
    held: addHold(head.held, hold),
  }
}

function checkBalances(after: FundHead, entry: Entry): void {
  demand(isSame(after.bal, entry.after.bal), 'balances', 'the balances are not what the entries add up to')
  demand(isSame(after.held, entry.after.held), 'balances', 'the held sums are not what the entries add up to')
  for (const account of accountsOf(after.kind)) {
    const isBelow = balanceOf(after, account) < 0 && !mayBeNegative(account)
    if (isBelow) demand(false, 'overdrawn', `${account} is below zero`)
    const isPromisedTwice = isReal(account) && freeFen(after, account) < 0
    if (isPromisedTwice) demand(false, 'overdrawn', `${account} is promised twice`)
  }
  demand(identityGap(after.kind, after.bal) === 0, 'identity', 'what it uses is not what it was given')
}

/** Whether two sets of balances are the same, account by account. */
export function isSame(a: Balances | Held, b: Balances | Held): boolean {
  const [ofA, ofB] = [a, b] as [Record<string, number>, Record<string, number>]
  const accounts = Object.keys(ofA)
  return accounts.length === Object.keys(ofB).length && accounts.every((account) => ofA[account] === ofB[account])
}

/** The sum of a fund's own quota and what it still has to give back: what the county counts as lying there. */
export function entrustedFen(head: FundHead): number {
  const accounts: readonly Account[] = ['quota', 'return']
  return accounts.reduce((sum, account) => sum + balanceOf(head, account), 0)
}
