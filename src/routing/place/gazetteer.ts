import type { DivisionLevel } from '../../shared/division-code.ts'
import { isPseudoUnit, levelOfDivision, parentDivision } from '../../shared/division-code.ts'
import { COUNTY_CHANGES } from './county-changes.ts'
import { fold } from './fold.ts'
import { formsOf, townshipKind } from './name-forms.ts'
import type { PlaceDivision } from './place-division.ts'
import type { Trie } from './trie.ts'
import { createTrie } from './trie.ts'
import { PLACEHOLDERS } from './words.ts'

/** How a spelling names a division, see `FormKind`. */
export const WHOLE = 1
export const STEM = 2
export const VAGUE = 4

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
export interface Gazetteer {
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
  /** What a division that ended went into, to the last of the chain. */
  readonly successors: ReadonlyMap<number, readonly number[]>
  /** What answers for a pseudo-unit, as far as mapped. */
  readonly responsible: ReadonlyMap<number, string>
  readonly trie: Trie
  /** Spellings that end at node n stand at `postingStart[n]` up to `postingStart[n + 1]`. */
  readonly postingStart: Int32Array
  readonly postingDivision: Int32Array
  readonly postingForm: Uint8Array
  /** The ended division whose name it is, -1 for the division's own. */
  readonly postingVia: Int32Array
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
  const successors = successorsOf(divisions, find)

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
    successors,
    responsible: new Map(
      divisions.flatMap((division, i) => (division.responsibleUnit ? [[i, division.responsibleUnit] as const] : [])),
    ),
    find,
    ...packNames(divisions, parent, level, successors),
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
    if (division.successors?.length) successors.set(i, lastOf(division.successors, new Set([i])))
  })
  return successors

  function lastOf(codes: readonly string[], seen: Set<number>): number[] {
    const found = codes.map(find).filter((i) => i !== -1 && !seen.has(i))
    for (const i of found) seen.add(i)
    return found.flatMap((i) => {
      const next = divisions[i]?.successors ?? []
      return next.length > 0 ? lastOf(next, seen) : [i]
    })
  }
}

function packNames(
  divisions: readonly PlaceDivision[],
  parent: Int32Array,
  level: Uint8Array,
  successors: ReadonlyMap<number, readonly number[]>,
) {
  const trie = createTrie()
  const nodes: number[] = []
  const postings: number[] = []
  const post = (text: string, division: number, form: number, via: number) => {
    nodes.push(trie.add(text))
    postings.push(division, form, via)
  }

  divisions.forEach((_, i) => {
    for (const { text, form } of spellings(divisions, parent, level, i)) {
      post(text, i, form, -1)
      for (const successor of successors.get(i) ?? []) post(text, successor, form, i)
    }
  })
  return { trie, ...inOrderOfNodes(nodes, postings, trie.size()) }
}

function* spellings(
  divisions: readonly PlaceDivision[],
  parent: Int32Array,
  level: Uint8Array,
  i: number,
): Iterable<{ text: string; form: number }> {
  const division = divisions[i]
  if (division === undefined || PLACEHOLDERS.has(division.name)) return
  const zone = level[i] === TOWNSHIP && townshipKind(division.name) === 0
  const written = new Set<string>()
  for (const { text, kind } of formsOf(levelOfDivision(division.code), division.name, zone, namesAbove())) {
    if (written.has(text + kind)) continue
    written.add(text + kind)
    yield { text, form: FORM[kind] }
  }
  for (const alias of division.aliases ?? []) if (alias.length > 1) yield { text: fold(alias), form: WHOLE }
  for (const short of division.shortNames ?? []) if (short.length > 1) yield { text: fold(short), form: STEM }

  function namesAbove(): string[] {
    const names: string[] = []
    for (let above = parent[i] ?? -1; above !== -1; above = parent[above] ?? -1) {
      names.unshift(divisions[above]?.name ?? '')
    }
    return names
  }
}

const FORM = { whole: WHOLE, stem: STEM, vague: VAGUE } as const

function inOrderOfNodes(nodes: readonly number[], postings: readonly number[], size: number) {
  const postingStart = new Int32Array(size + 1)
  for (const node of nodes) postingStart[node + 1] = (postingStart[node + 1] ?? 0) + 1
  for (let node = 0; node < size; node++)
    postingStart[node + 1] = (postingStart[node + 1] ?? 0) + (postingStart[node] ?? 0)
  const next = postingStart.slice()
  const postingDivision = new Int32Array(nodes.length)
  const postingForm = new Uint8Array(nodes.length)
  const postingVia = new Int32Array(nodes.length)
  nodes.forEach((node, i) => {
    const at = next[node] ?? 0
    next[node] = at + 1
    postingDivision[at] = postings[i * 3] ?? -1
    postingForm[at] = postings[i * 3 + 1] ?? 0
    postingVia[at] = postings[i * 3 + 2] ?? -1
  })
  return { postingStart, postingDivision, postingForm, postingVia }
}

/** Whether the list knows a code as a pseudo-unit. */
export function isPseudo(gazetteer: Gazetteer, division: number): boolean {
  return isPseudoUnit(gazetteer.codes[division] ?? '')
}
