import type { Actor, Role, RoleInUnit } from './actor.ts'

/** A part of a database query. */
export type Filter = Readonly<Record<string, unknown>>

/** Under what condition a role may act on a subject; the same condition narrows a query to the subjects it holds for. */
export interface Condition<Subject> {
  readonly name: string
  holds(subject: Subject, held: RoleInUnit, actor: Actor): boolean
  /** The subjects for which `holds` is true. */
  filter(held: RoleInUnit, actor: Actor): Filter
}

/** Who may do what: action × role → condition. What is not in the table is refused. */
export type PermissionTable<Action extends string, Subject> = Readonly<
  Record<Action, Partial<Record<Role, Condition<Subject>>>>
>

/** Whether the actor might be allowed the action on some subject: for menus and route guards. */
export function mayEver<Action extends string>(
  table: Readonly<Record<Action, Partial<Record<Role, unknown>>>>,
  actor: Actor,
  action: Action,
): boolean {
  return actor.roles.some((held) => table[action][held.role] !== undefined)
}

/** Whether the actor is allowed the action on this subject. */
export function may<Action extends string, Subject>(
  table: PermissionTable<Action, Subject>,
  actor: Actor,
  action: Action,
  subject: Subject,
): boolean {
  return actor.roles.some((held) => table[action][held.role]?.holds(subject, held, actor) ?? false)
}

/** The query that finds exactly the subjects on which the actor is allowed the action; matches nothing when none. */
export function filterFor<Action extends string, Subject>(
  table: PermissionTable<Action, Subject>,
  actor: Actor,
  action: Action,
): Filter {
  const filters = actor.roles.flatMap((held) => {
    const condition = table[action][held.role]
    return condition ? [condition.filter(held, actor)] : []
  })
  if (filters.length === 0) return { _id: { $in: [] } }
  const [only, ...others] = filters
  return others.length === 0 && only ? { county: actor.county, ...only } : { county: actor.county, $or: filters }
}
