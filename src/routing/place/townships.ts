import type { Gazetteer } from './gazetteer.ts'
import { STEM, TOWNSHIP, VAGUE } from './gazetteer.ts'
import { livingOf } from './living.ts'
import type { Mention } from './mention.ts'
import type { Candidate, Spelling } from './rank.ts'
import { rankOf } from './rank.ts'
import type { Reading } from './reading.ts'
import type { Surroundings } from './surroundings.ts'
import { surroundings } from './surroundings.ts'

/** Every township that the text may mean, each with its rank. */
export function findTownships(reading: Reading): Candidate[] {
  const { gazetteer, evidence } = reading
  const found: Candidate[] = []
  evidence.mentions.forEach((mention, i) => {
    if (evidence.asides & (1 << i)) return
    const around = surroundings(reading, i)
    const first = found.length
    if (mention.whole !== -1) collect(mention.whole, i, around, first)
    if (mention.stem !== -1) collect(mention.stem, i, around, first)
  })
  return found

  function collect(node: number, i: number, around: Surroundings, first: number): void {
    const mention = evidence.mentions[i]
    if (mention === undefined) return
    for (let p = gazetteer.postingStart[node] ?? 0; p < (gazetteer.postingStart[node + 1] ?? 0); p++) {
      const division = gazetteer.postingDivision[p] ?? 0
      if (gazetteer.level[division] !== TOWNSHIP) continue
      const spelling = spellingOf(gazetteer, mention, node, p)
      if (spelling === null) continue
      for (const living of livingOf(gazetteer, division, reading.today)) {
        if (spelling !== 'vague' && isKnown(found, first, living)) continue
        const rank = rankOf(reading, living, i, spelling, around)
        if (rank !== null) found.push({ division: living, mention: i, rank, via: living === division ? -1 : division })
      }
    }
  }
}

function isKnown(found: readonly Candidate[], first: number, division: number): boolean {
  for (let i = first; i < found.length; i++) if (found[i]?.division === division) return true
  return false
}

function spellingOf(gazetteer: Gazetteer, mention: Mention, node: number, posting: number): Spelling | null {
  const form = gazetteer.postingForm[posting] ?? 0
  if (node === mention.whole && form !== STEM) return form === VAGUE ? 'vague' : 'whole'
  if (node !== mention.stem || form !== STEM) return null
  const { kind } = mention
  const kindToday = gazetteer.townshipKind[gazetteer.postingDivision[posting] ?? 0]
  if (kind.township === 0 && kind.means !== 0) return null
  if (kindToday === 0) return 'hint'
  if (kind.township === 0) return 'short'
  return kindToday === kind.township ? 'whole' : 'retyped'
}
