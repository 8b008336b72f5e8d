import type { CaseRecord, Obligation, ObligationKind } from './case.ts'

/** The obligations with one more, once. */
export function withObligation(
  record: CaseRecord,
  kind: ObligationKind,
  id: string,
  since: Date,
): readonly Obligation[] {
  const others = record.obligations.filter((owed) => owed.kind !== kind || owed.id !== id)
  return [...others, { kind, id, since }]
}

/** The obligations without one that is finished. */
export function withoutObligation(record: CaseRecord, kind: ObligationKind, id: string): readonly Obligation[] {
  return record.obligations.filter((owed) => owed.kind !== kind || owed.id !== id)
}
