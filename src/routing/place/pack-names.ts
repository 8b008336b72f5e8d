import { levelOfDivision } from '../../shared/division-code.ts'
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

/** All spellings of all names, by the node of the tree at which they end. */
export interface PackedNames {
  readonly trie: Trie
  /** Spellings that end at node n stand at `postingStart[n]` up to `postingStart[n + 1]`. */
  readonly postingStart: Int32Array
  readonly postingDivision: Int32Array
  readonly postingForm: Uint8Array
}

/**
 * Packs every spelling of every division.
 *
 * @param divisions - in the order of codes
 */
export function packNames(divisions: readonly PlaceDivision[], parent: Int32Array): PackedNames {
  const trie = createTrie()
  const nodes: number[] = []
  const postings: number[] = []
  const post = (text: string, division: number, form: number) => {
    nodes.push(trie.add(text))
    postings.push(division, form)
  }

  divisions.forEach((_, i) => {
    for (const { text, form } of spellings(divisions, parent, i)) post(text, i, form)
  })
  return { trie, ...inOrderOfNodes(nodes, postings, trie.size()) }
}

function* spellings(
  divisions: readonly PlaceDivision[],
  parent: Int32Array,
  i: number,
): Iterable<{ text: string; form: number }> {
  const division = divisions[i]
  if (division === undefined || PLACEHOLDERS.has(division.name)) return
  const level = levelOfDivision(division.code)
  const zone = level === 'township' && townshipKind(division.name) === 0
  const written = new Set<string>()
  for (const { text, kind } of formsOf(level, division.name, zone, namesAbove())) {
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
  nodes.forEach((node, i) => {
    const at = next[node] ?? 0
    next[node] = at + 1
    postingDivision[at] = postings[i * 2] ?? -1
    postingForm[at] = postings[i * 2 + 1] ?? 0
  })
  return { postingStart, postingDivision, postingForm }
}
