import type { RoleInUnit } from '../../shared/actor.ts'
import type { Validity } from '../validity.ts'
import { isOver } from '../validity.ts'
import type { Staff } from './staff.ts'
import type { Colleague } from './staff-book.ts'

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

/** A member of the staff in a list. */
export type ColleagueView = Omit<StaffView, 'mustChangePassword' | 'secondFactor' | 'lastSignInAt' | 'version'>

/** @param at - the moment for which the state is told */
export function colleagueView(person: Colleague, at: Date): ColleagueView {
  const { _id, county, account, name, unit, roles, language, validFrom, validTo } = person
  return {
    id: _id,
    county,
    account,
    name,
    unit,
    roles: roles.map(({ role, unit: held }) => ({ role, unit: held })),
    language,
    state: stateOf(person, at),
    validFrom: validFrom.toISOString(),
    ...(validTo ? { validTo: validTo.toISOString() } : {}),
  }
}

/** Where a person stands at a moment. */
export function stateOf(person: Validity, at: Date): StaffState {
  if (at < person.validFrom) return 'planned'
  return isOver(person, at) ? 'ended' : 'active'
}

/** @param at - the moment for which the state is told */
export function staffView(person: Staff, at: Date): StaffView {
  const { version, lastSignInAt } = person
  return {
    ...colleagueView(person, at),
    mustChangePassword: person.password.oneTimeUntil !== undefined,
    secondFactor: person.totp !== undefined,
    ...(lastSignInAt ? { lastSignInAt: lastSignInAt.toISOString() } : {}),
    version,
  }
}
