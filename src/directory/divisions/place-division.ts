import type { Division } from './division.ts'

/** A division in the form in which the matcher takes it. */
export function toPlaceDivision({ _id, ...rest }: Division) {
  const { name, validFrom, validTo, successors, aliases, shortNames, responsibleUnit } = rest
  return { code: _id, name, validFrom, validTo, successors, aliases, shortNames, responsibleUnit }
}
