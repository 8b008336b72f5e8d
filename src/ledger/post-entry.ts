import { fen } from '../shared/fen.ts'
import { addHold, addLegs, checkBalances, checkSuspense } from './balances.ts'
import { sealEntry } from './chain.ts'
import { identityGap, realAccountsOf } from './chart.ts'
import type { Entry, HoldNote, Leg } from './entry.ts'
import { ENTRY_VERSION, entryId } from './entry.ts'
import type { FundHead } from './fund.ts'
import { freeFen, heldOf } from './fund.ts'
import { legsOf } from './legs.ts'
import type { MonthEnd } from './periods/months.ts'
import { monthsAfter } from './periods/months.ts'
import { monthToClose } from './periods/period-rules.ts'
import type { Posting } from './posting.ts'
import { allowedPairs, isAllowed } from './purposes.ts'
import { BrokenBook, refuse } from './refusal.ts'
import type { SharedFields } from './stamp.ts'

/**
 * Adds one posting to one fund.
 *
 * @throws DomainError `ledger.purpose_forbidden`, `fund.insufficient`, `ledger.over_balance`, `ledger.overflow`
 * @throws BrokenBook when the book is not sound before or after it
 */
export function postEntry(
  before: FundHead,
  posting: Posting,
  fields: SharedFields & Pick<Entry, 'twins' | 'line'>,
): { entry: Entry; head: FundHead } {
  checkPurpose(before, posting)
  const legs = legsOf(posting.moves)
  const close = posting.close === undefined ? undefined : monthToClose(before, posting.close, fields.period)
  const after = headAfter(before, posting, legs, fields, close)
  if (!isStop(posting)) {
    assertSound(before)
    checkSuspense(before, posting)
    checkBalances(before, after)
    assertSound(after, legs)
  }
  const { kind, hold, opening, status, caseNo, reverses, floatChangeFen } = posting
  const entry = sealEntry({
    _id: entryId(after.fundId, after.seq),
    v: ENTRY_VERSION,
    county: after.county,
    fundId: after.fundId,
    seq: after.seq,
    kind,
    legs,
    after: { bal: after.bal, held: after.held },
    ...(hold ? { hold: { ...hold, id: hold.id ?? entryId(after.fundId, after.seq) } satisfies HoldNote } : {}),
    ...(opening ? { opening: { name: opening.name, terms: opening.terms } } : {}),
    ...(status ? { status } : {}),
    ...(floatChangeFen === undefined ? {} : { terms: after.terms }),
    ...(reverses === undefined ? {} : { reverses }),
    ...(close ? { close } : {}),
    ...(caseNo === undefined ? {} : { caseNo }),
    ...fields,
    prev: before.hash,
  })
  return { entry, head: { ...after, hash: entry.hash } }
}

function checkPurpose({ fundId, kind: fund }: FundHead, { kind, moves }: Posting): void {
  const isListed = allowedPairs(fund, kind) !== undefined
  if (!isListed || !moves.every(({ debit, credit }) => isAllowed(fund, kind, debit, credit)))
    refuse('ledger.purpose_forbidden', `${kind} is no purpose of ${fundId}`, { fundId, kind })
}

function headAfter(
  before: FundHead,
  posting: Posting,
  legs: readonly Leg[],
  fields: SharedFields,
  close: MonthEnd | undefined,
): FundHead {
  return {
    ...before,
    ...monthsAfter(before, { period: fields.period, ...(close ? { close } : {}) }),
    ver: before.ver + 1,
    seq: before.seq + 1,
    bookedAt: fields.bookedAt,
    period: fields.period,
    status: posting.status ?? before.status,
    terms: termsAfter(before, posting),
    bal: addLegs(before.bal, legs),
    held: addHold(before.held, posting.hold),
  }
}

function termsAfter({ fundId, terms }: FundHead, { floatChangeFen }: Posting): FundHead['terms'] {
  if (floatChangeFen === undefined) return terms
  const floatFen = terms.floatFen + floatChangeFen
  if (floatFen < 0)
    refuse('fund.float_too_small', `The fixed sum of ${fundId} is ${terms.floatFen} fen`, {
      fundId,
      floatFen: terms.floatFen,
    })
  return { ...terms, floatFen: fen(floatFen) }
}

/** Stopping a fund moves nothing, and must succeed above all in a book that is broken already. */
function isStop({ status }: Posting): boolean {
  return status === 'frozen'
}

function assertSound(head: FundHead, legs: readonly Leg[] = []): void {
  const gap = legs.reduce((sum, { d, c }) => sum + d - c, 0)
  if (gap !== 0) throw new BrokenBook(head.fundId, `debits and credits differ by ${gap}`)
  const missing = identityGap(head.kind, head.bal)
  if (missing !== 0) throw new BrokenBook(head.fundId, `the identity is off by ${missing}`)
  for (const account of realAccountsOf(head.kind))
    if (freeFen(head, account) < 0 || heldOf(head, account) < 0)
      throw new BrokenBook(head.fundId, `${account} has less than nothing, or is promised twice`)
}
