import type { Gazetteer } from './gazetteer.ts'
import { COUNTY, TOWNSHIP } from './gazetteer.ts'
import { PLACEHOLDERS } from './words.ts'

/** A division that is offered as a choice. */
export interface PlaceChoice {
  readonly code: string
  readonly name: string
  /** Names from the province down, joined by `/`. */
  readonly path: string
}

/** Writes divisions with the names above them. */
export interface Paths {
  readonly choiceOf: (division: number) => PlaceChoice
  /** From the county down: 海门区常乐镇; what lies higher stands alone. */
  readonly shortPath: (division: number) => string
}

/** Paths of counties and what lies above are kept: a list of choices asks for the same one again and again. */
export function createPaths({ codes, names, level, parent }: Gazetteer): Paths {
  const kept = new Map<number, string>()
  return {
    choiceOf: (division) => ({ code: codes[division] ?? '', name: nameOf(division), path: pathOf(division) }),
    shortPath,
  }

  /** Names from the province down, without the rows of the lists that name no place. */
  function pathOf(division: number): string {
    const known = kept.get(division)
    if (known !== undefined) return known
    const above = parent[division] ?? -1
    const upper = above === -1 ? '' : pathOf(above)
    const path = joined(upper, nameOf(division))
    if ((level[division] ?? 9) < TOWNSHIP) kept.set(division, path)
    return path
  }

  function shortPath(division: number): string {
    const above = parent[division] ?? -1
    const isHigh = (level[division] ?? 0) <= COUNTY || above === -1
    return isHigh ? nameOf(division) : shortPath(above) + nameOf(division)
  }

  function nameOf(division: number): string {
    return names[division] ?? ''
  }
}

/** 东莞市 is prefecture and county at once and is written once. */
function joined(upper: string, name: string): string {
  if (PLACEHOLDERS.has(name) || upper === name || upper.endsWith(`/${name}`)) return upper
  return upper === '' ? name : `${upper}/${name}`
}
