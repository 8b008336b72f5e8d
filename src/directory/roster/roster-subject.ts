import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import type { RosterAction } from './roster-permissions.ts'
import { rosterPermissions } from './roster-permissions.ts'

/** @throws DomainError `roster.forbidden` */
export function refuseRoster(by: By, action: RosterAction, unit: string): void {
  const subject = { county: by.actor.county, unit }
  if (!may(rosterPermissions, by.actor, action, subject))
    throw new DomainError('roster.forbidden', `The roster of ${unit} is not yours`, { unit })
}
