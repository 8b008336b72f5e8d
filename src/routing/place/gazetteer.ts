import type { DivisionLevel } from '../../shared/division-code.ts'
import { isPseudoUnit, levelOfDivision, parentDivision } from '../../shared/division-code.ts'
import { COUNTY_CHANGES } from './county-changes.ts'
import { townshipKind } from './name-forms.ts'
import type { PackedNames } from './pack-names.ts'
import { packNames } from './pack-names.ts'
import type { PlaceDivision } from './place-division.ts'

export { STEM, VAGUE, WHOLE } from './pack-names.ts'

/** Levels as numbers: province 0 … village 4. */
export const PROVINCE = 0
export const PREFECTURE = 1
export const COUNTY = 2
export const TOWNSHIP = 3
export const VILLAGE = 4

const LEVEL_NUMBER: Readonly<Record<DivisionLevel, number>> = {
  province: PROVINCE,
  prefecture: PREFECTURE,
  county: COUNTY,
  township: TOWNSHIP,
  village: VILLAGE,
}

/**
 * All divisions and all spellings of their names, packed. A division is a number: its place in the order of codes, so
 * that everything below it stands right behind it, up to `end`.
 */
export interface Gazetteer extends PackedNames {
  readonly count: number
  readonly codes: readonly string[]
  readonly names: readonly string[]
  readonly level: Uint8Array
  /** The nearest division above that the list has, -1 for none. */
  readonly parent: Int32Array
  /** One past the last division below. */
  readonly end: Int32Array
  /** A legal township's kind, see `TOWNSHIP_KINDS`; 0 for zones and other levels. */
  readonly townshipKind: Uint8Array
  readonly validFrom: Int32Array
  readonly validTo: Int32Array
  /** What a division that ended went into, see `livingOf`. */
  readonly successors: ReadonlyMap<number, readonly number[]>
  /** What answers for a pseudo-unit, as far as mapped. */
  readonly responsible: ReadonlyMap<number, string>
  /** The division with a canonical code, -1 for none. */
  find(code: string): number
}

/**
 * Packs a list of divisions.
 *
 * @param list - canonical codes, each once, in any order; a missing level in between is bridged
 * @throws RangeError for a code that is not canonical
 */
export function createGazetteer(list: readonly PlaceDivision[]): Gazetteer {
  const divisions = [...withCountyChanges(list)].sort((a, b) => (a.code < b.code ? -1 : 1))
  const index = new Map(divisions.map((division, i) => [division.code, i]))
  const find = (code: string) => index.get(code) ?? -1
  const count = divisions.length
  const codes = divisions.map((division) => division.code)
  const names = divisions.map((division) => division.name)
  const level = Uint8Array.from(codes, (code) => LEVEL_NUMBER[levelOfDivision(code)])
  const parent = Int32Array.from(codes, (code) => nearestAbove(code, find))

  return {
    count,
    codes,
    names,
    level,
    parent,
    end: subtreeEnds(parent),
    townshipKind: Uint8Array.from(names, (name, i) => (level[i] === TOWNSHIP ? townshipKind(name) : 0)),
    validFrom: Int32Array.from(divisions, (division) => dayNumber(division.validFrom, 0)),
    validTo: Int32Array.from(divisions, (division) => dayNumber(division.validTo, FOREVER)),
    successors: successorsOf(divisions, find),
    responsible: new Map(
      divisions.flatMap((division, i) => (division.responsibleUnit ? [[i, division.responsibleUnit] as const] : [])),
    ),
    find,
    ...packNames(divisions, parent),
  }
}

/** The day that never comes, for divisions without an end. */
export const FOREVER = 99_999_999

/** A day as a number that compares: `2020-07-17` → 20200717. */
export function dayNumber(day: string | null | undefined, otherwise: number): number {
  return day ? Number(day.slice(0, 10).replaceAll('-', '')) : otherwise
}

/** Whether a pseudo-unit's name is that of a zone, farm or office and not that of a township. */
export function isZone(gazetteer: Gazetteer, division: number): boolean {
  return gazetteer.level[division] === TOWNSHIP && gazetteer.townshipKind[division] === 0
}

function* withCountyChanges(list: readonly PlaceDivision[]): Iterable<PlaceDivision> {
  yield* list
  const known = new Set(list.map((division) => division.code))
  for (const { code, name, successor } of COUNTY_CHANGES) {
    if (!known.has(code) && known.has(successor)) yield { code, name, validTo: '0001-01-01', successors: [successor] }
  }
}

function nearestAbove(code: string, find: (code: string) => number): number {
  for (let above = parentDivision(code); above !== null; above = parentDivision(above)) {
    const found = find(above)
    if (found !== -1) return found
  }
  return -1
}

function subtreeEnds(parent: Int32Array): Int32Array {
  const end = Int32Array.from(parent, (_, i) => i + 1)
  for (let i = parent.length - 1; i >= 0; i--) {
    const above = parent[i] ?? -1
    if (above !== -1) end[above] = Math.max(end[above] ?? 0, end[i] ?? 0)
  }
  return end
}

function successorsOf(divisions: readonly PlaceDivision[], find: (code: string) => number): Map<number, number[]> {
  const successors = new Map<number, number[]>()
  divisions.forEach((division, i) => {
    const found = (division.successors ?? []).map(find).filter((at) => at !== -1)
    if (found.length > 0) successors.set(i, found)
  })
  return successors
}

/** Whether the list knows a code as a pseudo-unit. */
export function isPseudo(gazetteer: Gazetteer, division: number): boolean {
  return isPseudoUnit(gazetteer.codes[division] ?? '')
}
