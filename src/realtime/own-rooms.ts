import type { Actor, Role } from '../shared/actor.ts'

/** Roles that sit at a desk of the whole county and follow its room. */
const DESKS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  operator: ['line'],
  hotline_supervisor: ['line', 'triage'],
  triage: ['triage'],
  county_civil: ['triage', 'queue'],
  secretary: ['queue'],
  chair: ['queue'],
}

/** Roles that see what happens in the unit they are held in. Departments and bodies see their own tasks through their unit, too. */
const UNIT_ROLES: ReadonlySet<Role> = new Set([
  'duty_officer',
  'deputy',
  'township_head',
  'cashier',
  'county_civil',
  'county_finance',
  'member',
  'rescue_station',
  'child_protection',
  'provider',
])

/** The rooms a person is in from the moment of connecting: own notices, own units, own desks. */
export function ownRooms(actor: Actor): string[] {
  const rooms = new Set([`person:${actor.staffId}`])
  for (const { role, unit } of actor.roles) {
    if (UNIT_ROLES.has(role)) rooms.add(`unit:${unit}`)
    for (const desk of DESKS[role] ?? []) rooms.add(`${desk}:${desk === 'line' ? unit : actor.county}`)
  }
  return [...rooms]
}
