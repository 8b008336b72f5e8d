import type { SealedText } from '../../platform/privacy/index.ts'
import type { Role, RoleInUnit } from '../../shared/actor.ts'
import type { UnitKind } from '../units/unit.ts'
import type { Validity } from '../validity.ts'

/** Languages in which a person reads pages and messages. */
export type StaffLanguage = 'zh-CN' | 'en'

/** A member of the staff with everything that signing in needs. Times are moments; the secret is sealed by the field vault. */
export interface Staff extends Validity {
  readonly _id: string
  readonly county: string
  /** Name for signing in, as written; unique over the whole deployment without regard to case. */
  readonly account: string
  readonly name: string
  /** The unit the person works in. */
  readonly unit: string
  readonly roles: readonly RoleInUnit[]
  /** Own phone for calls while on duty, sealed. The unit's duty phone is public and stands at the unit. */
  readonly phone?: SealedText
  readonly language: StaffLanguage
  /** Raising it ends every session. */
  readonly generation: number
  readonly password: PasswordRecord
  readonly totp?: TotpRecord
  /** A second factor being set up, good once its first code was entered. */
  readonly totpPending?: { readonly secret: SealedText; readonly since: Date }
  readonly lastSignInAt?: Date
  /** When the end was announced, so that others hand on what the person had. */
  readonly endedAt?: Date
  readonly version: number
}

/** A stored password. */
export interface PasswordRecord {
  /** argon2id in PHC form. */
  readonly hash: string
  readonly setAt: Date
  /** Until when a one-time password is good; left out for a password the person chose. */
  readonly oneTimeUntil?: Date
}

/** A second factor in use. */
export interface TotpRecord {
  /** Base32 secret, sealed. */
  readonly secret: SealedText
  readonly since: Date
  /** The newest time step whose code was used; no code of it or before is taken again. RFC 6238, section 5.2. */
  readonly lastStep: number
}

/** Longest and shortest account. Characters. */
const ACCOUNT = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,30}[\p{L}\p{N}])?$/u

/** An account as it is compared: full width and case make no difference. Undefined when it cannot be one. */
export function accountKey(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim()
  return ACCOUNT.test(plain) ? plain.toLowerCase() : undefined
}

/** In which kinds of unit a role can be held. Source: mechanisms, "Actors, roles and visibility". */
export const ROLE_UNIT_KINDS: Readonly<Record<Role, readonly UnitKind[]>> = {
  operator: ['hotline'],
  hotline_supervisor: ['hotline'],
  triage: ['county'],
  duty_officer: ['township'],
  deputy: ['township'],
  township_head: ['township'],
  window_clerk: ['township', 'county'],
  cashier: ['township'],
  village_clerk: ['village'],
  county_civil: ['county'],
  county_finance: ['county'],
  secretary: ['county'],
  chair: ['county'],
  member: ['county', 'department'],
  observer: ['body'],
  provider: ['body'],
  rescue_station: ['body'],
  child_protection: ['body'],
  auditor: ['county'],
  administrator: ['county'],
  provincial_checker: ['county'],
}

/** Roles that stand alone: who keeps accounts or audits has no part in cases and money. */
const EXCLUSIVE: ReadonlySet<Role> = new Set(['administrator', 'auditor', 'provincial_checker'])

/** Roles that one person may not hold together in one unit: who decides does not pay. */
const APART: readonly (readonly [one: Role, other: Role])[] = [
  ['cashier', 'duty_officer'],
  ['cashier', 'deputy'],
  ['cashier', 'township_head'],
  ['county_finance', 'county_civil'],
]

/** Two roles that one person may not hold together; undefined when all go together. */
export function rolesInConflict(roles: readonly RoleInUnit[]): readonly [Role, Role] | undefined {
  const alone = roles.find(({ role }) => EXCLUSIVE.has(role))
  const other = roles.find(({ role }) => role !== alone?.role)
  if (alone && other) return [alone.role, other.role]
  const holds = (role: Role, unit: string) => roles.some((held) => held.role === role && held.unit === unit)
  return APART.find(([one, two]) => roles.some(({ role, unit }) => role === one && holds(two, unit)))
}
