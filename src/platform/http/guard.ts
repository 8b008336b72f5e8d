import type { Actor, Role } from '../../shared/actor.ts'
import { mayEver } from '../../shared/permissions.ts'

/** Says who may reach a route at all. What exactly an actor may touch there, the action decides by the same table. */
export interface Guard {
  readonly name: string
  allows(actor: Actor): boolean
}

/** Anybody, signed in or not: public pages, sign-in, health. Has to be said; nothing is public by default. */
export const everyone: Guard = { name: 'everyone', allows: () => true }

/** Any member of staff. */
export const signedIn: Guard = { name: 'signed-in', allows: (actor) => actor.kind === 'staff' }

/** Those whose role the permission table names for the action. */
export function mayAct<Action extends string>(
  table: Readonly<Record<Action, Partial<Record<Role, unknown>>>>,
  action: Action,
): Guard {
  return { name: action, allows: (actor) => mayEver(table, actor, action) }
}
