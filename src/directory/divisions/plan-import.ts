import type { Division } from './division.ts'
import type { ParsedDivisions } from './division-csv.ts'
import type { DivisionProblem } from './division-problems.ts'
import { fitProblems } from './fit-divisions.ts'

/** What an import would do. With a single refused row it does nothing at all. */
export interface ImportPlan {
  readonly added: readonly Division[]
  readonly changed: readonly DivisionChange[]
  /** Divisions that get an end by this import. */
  readonly ended: readonly DivisionChange[]
  readonly unchanged: number
  readonly refused: readonly DivisionProblem[]
  /** Living pseudo-units that nobody answers for: cases there go to the county's triage desk. */
  readonly unmapped: readonly Division[]
  /** Ended divisions without a successor: their codes lead nowhere. */
  readonly leadingNowhere: readonly Division[]
}

export interface DivisionChange {
  readonly before: Division
  readonly after: Division
  readonly fields: readonly ComparedField[]
}

/** What is compared; the source alone is no change, so that a second run changes nothing. */
const COMPARED = ['name', 'validFrom', 'validTo', 'successors', 'aliases', 'shortNames', 'responsibleUnit'] as const

export type ComparedField = (typeof COMPARED)[number]

/**
 * Compares a file with what is there. Divisions that the file does not name stay as they are; one ends by its `validTo`.
 *
 * @param existing - all divisions of the database
 */
export function planImport({ rows, problems }: ParsedDivisions, existing: readonly Division[]): ImportPlan {
  const before = new Map(existing.map((division) => [division._id, division]))
  const after = new Map(rows.map(({ division }) => [division._id, division]))
  const refused = [...problems, ...fitProblems(rows, (code) => after.get(code) ?? before.get(code))]
  const divisions = rows.map(({ division }) => division)
  const changes = divisions.flatMap((division) => {
    const old = before.get(division._id)
    const fields = old ? COMPARED.filter((field) => differs(old[field], division[field])) : []
    return old && fields.length > 0 ? [{ before: old, after: division, fields }] : []
  })
  const added = divisions.filter(({ _id }) => !before.has(_id))
  return {
    added,
    changed: changes.filter((change) => !isEnd(change)),
    ended: changes.filter(isEnd),
    unchanged: divisions.length - added.length - changes.length,
    refused: refused.sort((a, b) => a.line - b.line),
    unmapped: divisions.filter((d) => d.kind === 'pseudo_unit' && d.validTo === null && d.responsibleUnit === null),
    leadingNowhere: divisions.filter(({ validTo, successors }) => validTo !== null && successors.length === 0),
  }
}

function isEnd({ before, after }: DivisionChange): boolean {
  return before.validTo === null && after.validTo !== null
}

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}
