import { hasEnded } from './living.ts'
import type { Gazetteer } from './gazetteer.ts'
import { COUNTY, TOWNSHIP } from './gazetteer.ts'
import type { Candidate } from './rank.ts'

/** Most choices that are offered at once; beyond it the operator types more. */
export const MAX_CHOICES = 40

/** The reader's own place, by code; empty where unknown. */
export interface Here {
  readonly county: string
  readonly prefecture: string
  readonly province: string
}

/**
 * Candidates as choices: each division once, own county first, then own prefecture and province; at equal distance the
 * better founded, then the one whose county fits more of the names in the text, then by code.
 */
export function orderChoices(gazetteer: Gazetteer, candidates: readonly Candidate[], here: Here): number[] {
  const best = new Map<number, number>()
  const mentionsByCounty = new Map<number, Set<number>>()
  for (const { division, rank, mention } of candidates) {
    best.set(division, Math.min(best.get(division) ?? rank, rank))
    const county = gazetteer.parent[division] ?? -1
    const mentions = mentionsByCounty.get(county)
    if (mentions) mentions.add(mention)
    else mentionsByCounty.set(county, new Set([mention]))
  }
  const weights = new Map<number, readonly number[]>()
  for (const [division, rank] of best) {
    const joint = mentionsByCounty.get(gazetteer.parent[division] ?? -1)?.size ?? 0
    weights.set(division, [distance(gazetteer.codes[division] ?? '', here), rank, -joint, division])
  }
  return [...best.keys()].sort((a, b) => compare(weights.get(a), weights.get(b))).slice(0, MAX_CHOICES)
}

/** 0 in the own county, 1 in the own prefecture, 2 in the own province, 3 elsewhere. */
export function distance(code: string, here: Here): number {
  if (here.county !== '' && code.startsWith(here.county)) return 0
  if (here.prefecture !== '' && code.startsWith(here.prefecture)) return 1
  if (here.province !== '' && code.startsWith(here.province)) return 2
  return 3
}

/** The divisions directly below one, legal townships before zones; ended ones are left out. */
export function choicesBelow(gazetteer: Gazetteer, division: number, today: number): number[] {
  const below: number[] = []
  const level = gazetteer.level[division] ?? 0
  for (let at = division + 1; at < (gazetteer.end[division] ?? 0); at++) {
    if (gazetteer.level[at] !== level + 1 || hasEnded(gazetteer, at, today)) continue
    if (level + 1 <= TOWNSHIP) below.push(at)
  }
  if (level !== COUNTY) return below.slice(0, MAX_CHOICES)
  const isLegal = (at: number) => gazetteer.townshipKind[at] !== 0
  return [...below.filter(isLegal), ...below.filter((at) => !isLegal(at))].slice(0, MAX_CHOICES)
}

function compare(a: readonly number[] = [], b: readonly number[] = []): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
