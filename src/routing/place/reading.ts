import type { Evidence } from './evidence.ts'
import type { Gazetteer } from './gazetteer.ts'
import { COUNTY, PREFECTURE, PROVINCE } from './gazetteer.ts'

/** A text that has been read against a list: what it names, not yet what it means. */
export interface Reading {
  readonly gazetteer: Gazetteer
  readonly units: Uint16Array
  readonly length: number
  readonly evidence: Evidence
  readonly today: number
}

/** The mentions that name what a division lies in; `mask` leaves some out, so that no word names both. */
export function supportOf({ gazetteer, evidence }: Reading, division: number, mask = -1) {
  const support = { county: 0, prefecture: 0, province: 0 }
  for (let at = gazetteer.parent[division] ?? -1; at !== -1; at = gazetteer.parent[at] ?? -1) {
    const bits = evidence.named(at) & mask
    const level = gazetteer.level[at]
    if (level === COUNTY) support.county = bits
    else if (level === PREFECTURE) support.prefecture = bits
    else if (level === PROVINCE) support.province = bits
  }
  return support
}
