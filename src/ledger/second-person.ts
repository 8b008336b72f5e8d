import type { Origin } from './command.ts'
import type { Posting } from './posting.ts'
import type { EntryKind } from './purposes.ts'
import { refuse } from './refusal.ts'

/** Entries that one person alone cannot make: whoever asked for it is not who approved it. */
const SECOND_PERSON_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'fund.thawed',
  'claims.replenished',
  'claims.settled',
  'recovery.ordered',
  'debt.written-off',
  'quota.raised',
  'quota.lowered',
  'count.short',
  'count.over',
  'shortage.charged',
  'surplus.handed-over',
  'entry.reversed',
  'county.claims.replenished',
  'county.claims.settled',
  'county.quota.raised',
  'county.quota.lowered',
  'county.surplus.handed-over',
  'county.entry.reversed',
  'parent.entry.reversed',
])

/** Whether an entry of this kind carries two names. */
export function needsSecondPerson(kind: EntryKind): boolean {
  return SECOND_PERSON_KINDS.has(kind)
}

/** Whether an entry bears the names it must: an approver who is not the actor. */
export function hasSecondPerson({ actor, approver }: { readonly actor: string; readonly approver?: string }): boolean {
  return approver !== undefined && approver !== '' && approver !== actor
}

/**
 * Refuses what one person would do alone.
 *
 * @throws DomainError `ledger.second_person`
 */
export function checkSecondPerson(
  postings: readonly Pick<Posting, 'kind'>[],
  { approver }: Pick<Origin, 'approver'>,
  { actor }: { readonly actor: string },
): void {
  const alone = postings.find(({ kind }) => needsSecondPerson(kind))
  if (!alone || hasSecondPerson({ actor, ...(approver === undefined ? {} : { approver }) })) return
  refuse('ledger.second_person', `${alone.kind} needs a second person`, { kind: alone.kind })
}
