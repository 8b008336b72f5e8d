/**
 * What the matcher needs to know of a division. Codes are canonical (see `canonicalDivisionCode`): province 2,
 * prefecture 4, county 6, township 9, village 12 digits; the tree follows from the codes.
 */
export interface PlaceDivision {
  readonly code: string
  readonly name: string
  /** First day it exists, `YYYY-MM-DD` in China; absent: always. */
  readonly validFrom?: string | null
  /** First day it no longer exists, `YYYY-MM-DD` in China; absent: it still does. */
  readonly validTo?: string | null
  /** Codes of the divisions it went into. */
  readonly successors?: readonly string[]
  /** Other names people use for it, complete ones (`叠石桥`, `老常乐乡`). */
  readonly aliases?: readonly string[]
  /** Names without their kind (`常乐`), believed only beside the county. */
  readonly shortNames?: readonly string[]
  /** For a pseudo-unit: code of the unit that answers for it. */
  readonly responsibleUnit?: string | null
}

/** Where the reader of the text sits: its county decides the order of choices, never by itself a name known elsewhere. */
export interface PlaceContext {
  /** County code, 6 digits. Prefecture and province follow from it unless given. */
  readonly county?: string | undefined
  /** Prefecture code, 4 digits. */
  readonly prefecture?: string | undefined
  /** Province code, 2 digits. */
  readonly province?: string | undefined
}

/** The whole context that follows from what was given. */
export function completeContext(context: PlaceContext): { county: string; prefecture: string; province: string } {
  const county = context.county ?? ''
  const prefecture = context.prefecture ?? county.slice(0, 4)
  return { county, prefecture, province: context.province ?? prefecture.slice(0, 2) }
}
