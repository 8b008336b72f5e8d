import type { Validity } from '../validity.ts'

/** What kinds of unit there are. `body` is one outside the offices: rescue station, charity, provider. */
export const UNIT_KINDS = ['county', 'township', 'village', 'department', 'body', 'hotline'] as const

export type UnitKind = (typeof UNIT_KINDS)[number]

/** An office, station or line that can be responsible for something. Its id never changes and is never given again. */
export interface Unit extends Validity {
  /** `320614`, `320614103`, `320614103201`, `320614-housing`. */
  readonly _id: string
  readonly county: string
  readonly kind: UnitKind
  /** In full: 南通市海门区常乐镇人民政府. */
  readonly name: string
  /** As people say it: 常乐镇. */
  readonly shortName: string
  readonly divisionCode?: string
  /** The unit above; left out for the county's own. */
  readonly parent?: string
  /** Duty phone, E.164 or a short code. Public. */
  readonly phone?: string
  readonly version: number
}

/** What a new unit is made of. */
export type NewUnit = Omit<Unit, 'version' | 'county' | 'divisionCode'>

/** Above which kind of unit another kind may stand. */
const PARENT_KINDS: Readonly<Record<UnitKind, readonly UnitKind[]>> = {
  county: [],
  township: ['county'],
  village: ['township'],
  department: ['county'],
  body: ['county', 'township', 'department'],
  hotline: ['county', 'township', 'department'],
}

/** Whether a unit of one kind may stand under a unit of another. */
export function mayStandUnder(kind: UnitKind, parent: UnitKind | undefined): boolean {
  return parent === undefined ? kind === 'county' : PARENT_KINDS[kind].includes(parent)
}

/** The division a unit stands for: places bear its code as their id. */
export function divisionOf(id: string, kind: UnitKind): { readonly divisionCode?: string } {
  return kind === 'county' || kind === 'township' || kind === 'village' ? { divisionCode: id } : {}
}

/**
 * Whether an id has the shape its kind asks for: division codes for places (6, 9 and 12 digits), the county and a word for the rest.
 *
 * @param county - county code, 6 digits; every id begins with it
 */
export function isUnitId(id: string, kind: UnitKind, county: string): boolean {
  if (!id.startsWith(county)) return false
  const rest = id.slice(county.length)
  if (kind === 'county') return rest === ''
  if (kind === 'township') return /^\d{3}$/.test(rest)
  if (kind === 'village') return /^\d{6}$/.test(rest)
  return /^-[a-z][a-z0-9_]{1,39}$/.test(rest)
}
