import type { JournalReader } from '../journal/index.ts'
import type { Actor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import { personStream } from './person.ts'
import { PERSON_PERMISSIONS } from './person-permissions.ts'
import type { PersonStore } from './person-store.ts'

/** One look at a person, or one change: who, when, which fields, for what reason. Never a value. */
export interface PersonAccess {
  readonly seq: number
  readonly at: Date
  readonly staffId: string
  readonly unit: string
  readonly type: string
  readonly fields: readonly string[]
  readonly reason?: string
  readonly on?: string
}

/**
 * Who has looked at or changed a person's record, oldest first.
 *
 * @param after - sequence number to continue behind
 * @throws DomainError `person.not_found`, also for a person whose record the actor may not audit
 */
export async function personHistory(
  { journal, people }: { readonly journal: JournalReader; readonly people: PersonStore },
  actor: Actor,
  personId: string,
  after = 0,
): Promise<readonly PersonAccess[]> {
  const person = await people.find(actor.county, personId)
  if (!person || !may(PERSON_PERMISSIONS, actor, 'person.read_access', person)) {
    throw new DomainError('person.not_found', `No person ${personId}`, { personId })
  }
  const lines = await journal.stream(actor.county, personStream(personId), { after })
  return lines.map(({ seq, at, actor, type, data }) => ({
    seq,
    at,
    staffId: actor.staffId,
    unit: actor.unit,
    type,
    fields: Array.isArray(data['fields']) ? (data['fields'] as string[]) : [],
    ...(typeof data['reason'] === 'string' ? { reason: data['reason'] } : {}),
    ...(typeof data['on'] === 'string' ? { on: data['on'] } : {}),
  }))
}
