/** Every role a staff member may hold. Source: mechanisms, "Actors, roles and visibility". */
export const ROLES = [
  'operator',
  'hotline_supervisor',
  'triage',
  'duty_officer',
  'deputy',
  'township_head',
  'window_clerk',
  'cashier',
  'village_clerk',
  'county_civil',
  'county_finance',
  'secretary',
  'chair',
  'member',
  'observer',
  'provider',
  'rescue_station',
  'child_protection',
  'auditor',
  'administrator',
  'provincial_checker',
] as const

export type Role = (typeof ROLES)[number]

/** A role held in a unit: a township (9 digits), the county (6 digits) or a department (`320614-housing`). */
export interface RoleInUnit {
  readonly role: Role
  readonly unit: string
}

/** Who is acting: a signed-in member of staff, the system itself, or somebody from the public. */
export interface Actor {
  readonly kind: 'staff' | 'system' | 'public'
  readonly staffId: string
  readonly account: string
  readonly name: string
  /** County code, 6 digits. */
  readonly county: string
  /** The unit the person works in. */
  readonly unit: string
  readonly roles: readonly RoleInUnit[]
}

/**
 * Under whose name and under which idempotency key a command runs.
 *
 * The same key with the same body gives the first answer again; with another body it is refused.
 */
export interface By {
  readonly actor: Actor
  /** Idempotency key, made by the page or client before its first attempt. */
  readonly key: string
  /** Digest of the command's body. */
  readonly bodyHash: string
  /** Told when the answer is a stored one. */
  readonly onReplay?: () => void
}

/** The system acting by itself in a county: clocks, reactions, imports. */
export function systemActor(county: string): Actor {
  return { kind: 'system', staffId: 'system', account: 'system', name: '系统', county, unit: county, roles: [] }
}
