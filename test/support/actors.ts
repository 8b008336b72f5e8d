import type { Actor, By, Role } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'

/** A member of staff with one role. */
export function anActor(county: string, role: Role, unit = county, staffId: string = newId()): Actor {
  return { kind: 'staff', staffId, account: staffId, name: '测试员', county, unit, roles: [{ role, unit }] }
}

/** A command of an actor with a fresh key; the same key and body again is a replay. */
export function byOf(actor: Actor, key: string = newId(), body = ''): By {
  return { actor, key, bodyHash: body }
}
