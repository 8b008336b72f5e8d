import type { InTransaction, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { PersonRecord } from './person.ts'
import type { PersonAction } from './person-permissions.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import type { PersonStore } from './person-store.ts'
import { stalePerson } from './person-store.ts'

/** What an action on one person names: the id, and the version the actor was looking at. */
export interface OnPerson {
  readonly personId: string
  readonly version?: number | undefined
}

interface ActOnPersonServices {
  readonly people: PersonStore
  readonly inTransaction: InTransaction
}

/**
 * The frame of every action on one person: load, check permission and version, then the body; all in one transaction.
 *
 * @throws DomainError `person.not_found`, `person.not_yours`, `person.erased`, `version.stale`, and what the body refuses
 */
export async function actOnPerson<Answer>(
  { people, inTransaction }: ActOnPersonServices,
  action: PersonAction,
  on: OnPerson,
  by: By,
  body: (tx: Tx, person: PersonRecord) => Promise<Answer>,
): Promise<Answer> {
  return inTransaction(by, async (tx) => {
    const person = await people.get(tx, on.personId)
    requireMay(action, person, by)
    requireNotErased(person)
    if (on.version !== undefined && on.version !== person.version) throw stalePerson(person)
    return body(tx, person)
  })
}

/** @throws DomainError `person.not_yours` */
export function requireMay(action: PersonAction, person: PersonRecord, { actor }: Pick<By, 'actor'>): void {
  if (actor.kind === 'system' || may(PERSON_PERMISSIONS, actor, action, person)) return
  throw new DomainError('person.not_yours', `${action} is not for this role with this person`, {
    personId: person._id,
    action,
  })
}

/** @throws DomainError `person.erased` */
export function requireNotErased({ _id, erasedAt }: PersonRecord): void {
  if (erasedAt === undefined) return
  throw new DomainError('person.erased', `Person ${_id} was erased after retention`, { personId: _id })
}
