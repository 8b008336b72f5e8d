import type { CommandOf } from './command.ts'
import type { Entry } from './entry.ts'
import type { Ground } from './ground.ts'
import type { Posting } from './posting.ts'
import { refuse } from './refusal.ts'
import { isBankPayment, isReversible, movesOf, reversalOf, swapped } from './reversible.ts'

type Known = Pick<Ground, 'entries' | 'reversed'>

/**
 * Undoes an entry and its other halves, leg by leg.
 *
 * @throws DomainError `entry.not_found`, `entry.not_reversible`, `entry.reversed_before`
 */
export function draftReversal({ entryId }: CommandOf<'reverse-entry'>, known: Known): Posting[] {
  const entry = findEntry(entryId, known)
  if (!isReversible(entry))
    refuse('entry.not_reversible', `${entry.kind} cannot be undone`, { entryId, kind: entry.kind })
  return [entry, ...entry.twins.map((twin) => findEntry(twin, known))].map((one) => undo(one, known))
}

/**
 * The bank sent a payment back: `bank / advance`, `c_bank / c_advance`, as it was paid.
 *
 * @throws DomainError `entry.not_found`, `entry.not_reversible`, `entry.reversed_before`
 */
export function draftReturnedPayment({ entryId }: CommandOf<'return-payment'>, known: Known): Posting[] {
  const entry = findEntry(entryId, known)
  if (!isBankPayment(entry))
    refuse('entry.not_reversible', `${entryId} was not paid by a bank`, { entryId, kind: entry.kind })
  return [undo(entry, known)]
}

function undo({ _id, fundId, kind, legs, caseNo }: Entry, { reversed }: Known): Posting {
  if (reversed.has(_id)) refuse('entry.reversed_before', `${_id} was undone before`, { entryId: _id })
  return {
    fundId,
    kind: reversalOf(kind) ?? 'payment.returned',
    moves: movesOf(swapped(legs)),
    reverses: _id,
    ...(caseNo === undefined ? {} : { caseNo }),
  }
}

function findEntry(entryId: string, { entries }: Known): Entry {
  return entries.get(entryId) ?? refuse('entry.not_found', `No entry ${entryId}`, { entryId })
}
