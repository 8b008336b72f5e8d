import type { Actor } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { Guard } from './guard.ts'

/** @throws DomainError `auth.required` or `auth.forbidden` */
export function refuseUnlessAllowed(guard: Guard, actor: Actor): void {
  if (guard.allows(actor)) return
  if (actor.kind === 'public') throw new DomainError('auth.required', 'Sign in first')
  throw new DomainError('auth.forbidden', `Your role does not include ${guard.name}`, { guard: guard.name })
}
