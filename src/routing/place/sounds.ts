import { pinyin } from 'pinyin-pro'
import { unfold } from './fold.ts'
import type { Gazetteer } from './gazetteer.ts'
import { TOWNSHIP } from './gazetteer.ts'
import { kindAt } from './kinds.ts'
import { formsOf } from './name-forms.ts'

/** A township whose name sounds like a stretch of the text. */
export interface Heard {
  readonly division: number
  readonly start: number
  readonly end: number
  /** The same syllables; otherwise sounds that dictation mixes up (n/l, zh/z, an/ang). */
  readonly isExact: boolean
  /** Whether its kind follows (镇, 乡, 街道). */
  readonly hasKind: boolean
}

interface SoundedName {
  readonly division: number
  readonly stem: string
  /** Syllables per character, with all readings of it. */
  readonly syllables: readonly Syllables[]
}

interface Syllables {
  readonly exact: readonly string[]
  readonly rough: readonly string[]
}

/** Names of a county by each reading of their first character, in rough spelling. */
type NamesBySyllable = ReadonlyMap<string, readonly SoundedName[]>

/** Counties whose names are kept ready: all of the nation, about 20 MB when each has been asked for. */
const KEPT_COUNTIES = 4_096

/** Finds townships by ear, county by county; the names of a county are put into syllables when first asked for. */
export interface Sounds {
  /** Townships of a county that sound like a part of the text without being written so. */
  hear(units: Uint16Array, length: number, county: number): Heard[]
}

export function createSounds(gazetteer: Gazetteer): Sounds {
  const characters = new Map<number, Syllables>()
  const counties = new Map<number, NamesBySyllable>()

  return {
    hear(units, length, county) {
      const names = namesOf(county)
      const heard: Heard[] = []
      for (let start = 0; start < length - 1; start++) {
        for (const syllable of syllablesOf(units[start] ?? 0).rough) {
          for (const name of names.get(syllable) ?? []) {
            const found = hearAt(name, units, start, length)
            if (found) heard.push(found)
          }
        }
      }
      return heard
    },
  }

  function hearAt(name: SoundedName, units: Uint16Array, start: number, length: number): Heard | null {
    const end = start + name.syllables.length
    if (end > length) return null
    let isExact = true
    for (let i = 0; i < name.syllables.length; i++) {
      const wanted = name.syllables[i]
      const given = syllablesOf(units[start + i] ?? 0)
      if (wanted === undefined || !overlap(wanted.rough, given.rough)) return null
      if (!overlap(wanted.exact, given.exact)) isExact = false
    }
    if (unfold(units, start, end) === name.stem) return null
    const kind = kindAt(units, end, length)
    if (kind.length > 0 && kind.township === 0) return null
    return { division: name.division, start, end: end + kind.length, isExact, hasKind: kind.township !== 0 }
  }

  function namesOf(county: number): NamesBySyllable {
    const known = counties.get(county)
    if (known) return known
    const names = new Map<string, SoundedName[]>()
    for (let at = county + 1; at < (gazetteer.end[county] ?? 0); at++) {
      if (gazetteer.level[at] !== TOWNSHIP || gazetteer.townshipKind[at] === 0) continue
      const stem = formsOf('township', gazetteer.names[at] ?? '', false, []).find(({ kind }) => kind === 'stem')?.text
      if (stem !== undefined) addName(names, at, stem)
    }
    if (counties.size >= KEPT_COUNTIES) counties.delete(counties.keys().next().value ?? -1)
    counties.set(county, names)
    return names
  }

  function addName(names: Map<string, SoundedName[]>, division: number, stem: string): void {
    const syllables = Array.from(stem, (character) => syllablesOf(character.charCodeAt(0)))
    for (const syllable of syllables[0]?.rough ?? []) {
      const same = names.get(syllable)
      if (same) same.push({ division, stem, syllables })
      else names.set(syllable, [{ division, stem, syllables }])
    }
  }

  function syllablesOf(unit: number): Syllables {
    const known = characters.get(unit)
    if (known) return known
    const readings = pinyin(String.fromCharCode(unit), { multiple: true, type: 'array', toneType: 'none' })
    const made = { exact: readings, rough: [...new Set(readings.map(rough))] }
    characters.set(unit, made)
    return made
  }
}

/** One spelling for sounds that southern speakers and dictation mix up. */
function rough(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouü])/, 'l')
    .replace(/([aei])ng$/, '$1n')
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.some((item) => b.includes(item))
}
