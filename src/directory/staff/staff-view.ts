import type { RoleInUnit } from '../../shared/actor.ts'
import type { Staff } from './staff.ts'

/** Where a person stands: not yet begun, at work, left. */
export type StaffState = 'planned' | 'active' | 'ended'

/** A member of the staff as administrators see it: nothing secret, plain JSON. */
export interface StaffView {
  readonly id: string
  readonly county: string
  readonly account: string
  readonly name: string
  readonly unit: string
  readonly roles: readonly RoleInUnit[]
  readonly language: Staff['language']
  readonly state: StaffState
  readonly validFrom: string
  readonly validTo?: string
  /** Has to choose a password at the next sign-in. */
  readonly mustChangePassword: boolean
  readonly secondFactor: boolean
  readonly lastSignInAt?: string
  readonly version: number
}

/** @param at - the moment for which the state is told */
export function staffView(person: Staff, at: Date): StaffView {
  const { _id, county, account, name, unit, roles, language, version, validFrom, validTo, lastSignInAt } = person
  return {
    id: _id,
    county,
    account,
    name,
    unit,
    roles: roles.map(({ role, unit: held }) => ({ role, unit: held })),
    language,
    state: at < validFrom ? 'planned' : validTo && validTo <= at ? 'ended' : 'active',
    validFrom: validFrom.toISOString(),
    ...(validTo ? { validTo: validTo.toISOString() } : {}),
    mustChangePassword: person.password.oneTimeUntil !== undefined,
    secondFactor: person.totp !== undefined,
    ...(lastSignInAt ? { lastSignInAt: lastSignInAt.toISOString() } : {}),
    version,
  }
}
