import type { Trie } from './trie.ts'
import { createTrie } from './trie.ts'
import {
  COUNTY_KINDS,
  MEANS,
  PEOPLES,
  PREFECTURE_KINDS,
  PROVINCE_KINDS,
  TOWNSHIP_KINDS,
  VILLAGE_KINDS,
} from './words.ts'

/** A kind read after a stem: how long it is, what levels it can mean, and which township kind. */
export interface Kind {
  readonly length: number
  /** Bits of `MEANS`. */
  readonly means: number
  /** As in `TOWNSHIP_KINDS`, 0 for none. */
  readonly township: number
}

/** Nothing follows the stem. */
export const NO_KIND: Kind = { length: 0, means: 0, township: 0 }

const trie: Trie = createTrie()
const kinds: (Kind | undefined)[] = []

for (const kind of PROVINCE_KINDS) learn(kind, MEANS.province)
for (const kind of PREFECTURE_KINDS) learn(kind, MEANS.prefecture)
for (const kind of COUNTY_KINDS) learn(kind, MEANS.county)
for (const kind of VILLAGE_KINDS) learn(kind, MEANS.village)
for (const [kind, township] of Object.entries(TOWNSHIP_KINDS)) learn(kind, MEANS.township, township)
for (const people of PEOPLES) {
  for (const [kind, township] of Object.entries({ 乡: 2, 镇: 1, 苏木: 4 }))
    learn(people + kind, MEANS.township, township)
  for (const kind of ['自治县', '自治旗', '区']) learn(people + kind, MEANS.county)
  learn(`${people}自治州`, MEANS.prefecture)
}

/** The longest kind that stands at `at`: 街道办事处 before 街道. */
export function kindAt(units: Uint16Array, at: number, end: number): Kind {
  let longest = NO_KIND
  let node = 0
  for (let i = at; i < end; i++) {
    node = trie.step(node, units[i] ?? 0)
    if (node === -1) break
    longest = kinds[node] ?? longest
  }
  return longest
}

function learn(text: string, means: number, township = 0): void {
  const node = trie.add(text)
  const known = kinds[node] ?? { length: text.length, means: 0, township: 0 }
  kinds[node] = { length: text.length, means: known.means | means, township: township || known.township }
}
