import type { Guard } from '../platform/http/index.ts'
import type { Actor } from '../shared/actor.ts'
import { mayEver } from '../shared/permissions.ts'
import type { SealedField } from './person.ts'
import { SEALED_FIELDS } from './person.ts'
import { PERSON_PERMISSIONS, revealAction } from './person-permissions.ts'

/** Whether the actor's role ever sees a field; with which persons, the action decides. */
export function mayReveal(actor: Actor, field: SealedField): boolean {
  return mayEver(PERSON_PERMISSIONS, actor, revealAction(field))
}

/** Reaches the page that shows a field: those whose role may see at least one. */
export const mayRevealAny: Guard = {
  name: 'person.reveal',
  allows: (actor) => SEALED_FIELDS.some((field) => mayReveal(actor, field)),
}
