import type { Span } from '../span.ts'

/** Somebody cannot do their shifts for a while; who takes them instead, if that is known. */
export interface Absence {
  readonly _id: string
  readonly county: string
  readonly unit: string
  readonly staffId: string
  readonly from: Date
  readonly to: Date
  /** Takes the absent person's shifts, part for part. */
  readonly substituteId?: string
  readonly version: number
}

/** The absence that covers a moment, if any; a named substitute goes before an unnamed one. */
export function absenceAt(absences: readonly Absence[], staffId: string, at: Date): Absence | undefined {
  const covering = absences.filter((absence) => absence.staffId === staffId && covers(absence, at))
  return covering.find((absence) => absence.substituteId !== undefined) ?? covering[0]
}

function covers({ from, to }: Span, at: Date): boolean {
  return from <= at && at < to
}
