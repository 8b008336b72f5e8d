import type { Tx } from '../journal/index.ts'
import type { PlainJson } from '../shared/canonical-json.ts'
import { personStream } from './person.ts'

/** What this domain announces, in the stream `person:ID`. Field names and codes only; never a value. */
export type PersonFact =
  | 'person.registered'
  | 'person.updated'
  | 'person.phone_added'
  | 'person.household_joined'
  | 'person.household_left'
  | 'person.looked_up'
  | 'person.revealed'
  | 'person.erased'

/** Announces a fact about a person. */
export function announcePerson(
  tx: Tx,
  personId: string,
  type: PersonFact,
  data: Readonly<Record<string, PlainJson | undefined>>,
  options: { readonly isFirst?: boolean } = {},
): void {
  tx.announce({ stream: personStream(personId), type, data: { personId, ...data }, ...options })
}
