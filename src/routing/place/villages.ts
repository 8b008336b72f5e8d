import type { Question } from './outcome.ts'
import { distance } from './choices.ts'
import { unfold } from './fold.ts'
import { STEM, VILLAGE } from './gazetteer.ts'
import { livingOf } from './living.ts'
import { isVillageKind } from './mention.ts'
import { supportOf } from './reading.ts'

interface NamedVillage {
  readonly division: number
  readonly written: string
}

/** The village of the township that the text names too, -1 when none or more than one. */
export function findVillage(question: Question, township: number): number {
  const { parent } = question.gazetteer
  const villages = namedVillages(question).filter(({ division }) => parent[division] === township)
  const [only] = villages
  return only && villages.every(({ division }) => division === only.division) ? only.division : -1
}

/** Villages that a text without a township may mean: those in the named county, else all, own county first. */
export function villageChoices(question: Question): NamedVillage[] {
  const { gazetteer, here, evidence } = question
  const named = namedVillages(question)
  const inNamed = named.filter(({ division }) => supportOf(question, division).county !== 0)
  const fitting = inNamed.length > 0 || evidence.uppers !== 0 ? inNamed : named
  const far = ({ division }: NamedVillage) => distance(gazetteer.codes[division] ?? '', here)
  return fitting.sort((a, b) => far(a) - far(b) || a.division - b.division).slice(0, 40)
}

function namedVillages(question: Question): NamedVillage[] {
  const { gazetteer, evidence, units, today } = question
  return evidence.mentions.flatMap((mention, i) => {
    if (evidence.asides & (1 << i)) return []
    const isStem = mention.stem !== -1 && isVillageKind(mention)
    const node = isStem ? mention.stem : mention.whole
    if (node === -1) return []
    const written = unfold(units, mention.start, mention.end)
    const found: NamedVillage[] = []
    for (let p = gazetteer.postingStart[node] ?? 0; p < (gazetteer.postingStart[node + 1] ?? 0); p++) {
      const division = gazetteer.postingDivision[p] ?? 0
      if (gazetteer.level[division] !== VILLAGE || (gazetteer.postingForm[p] === STEM) !== isStem) continue
      for (const living of livingOf(gazetteer, division, today)) found.push({ division: living, written })
    }
    return found
  })
}
