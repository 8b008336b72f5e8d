import type { Fact, FactData } from '../../journal/index.ts'
import type { RoleInUnit } from '../../shared/actor.ts'

/** What is announced about a member of the staff. Ids and codes only. */
export type StaffFact =
  | 'staff.added'
  | 'staff.changed'
  | 'staff.roles_changed'
  | 'staff.ended'
  | 'staff.signed_in'
  | 'staff.password_changed'
  | 'staff.totp_on'
  | 'staff.totp_off'
  | 'staff.sessions_ended'
  | 'staff.unlocked'
  | 'staff.reset_asked'
  | 'staff.reset_withdrawn'
  | 'staff.reset'
  | 'staff.token_made'
  | 'staff.token_revoked'

/** A fact in the stream of one member of the staff. */
export function staffFact(type: StaffFact, staffId: string, data: FactData = {}): Fact {
  return { stream: `staff:${staffId}`, type, data: { staffId, ...data }, isFirst: type === 'staff.added' }
}

/** Roles as codes for the journal: `duty_officer@320614103`. */
export function roleCodes(roles: readonly RoleInUnit[]): string[] {
  return roles.map(({ role, unit }) => `${role}@${unit}`)
}
