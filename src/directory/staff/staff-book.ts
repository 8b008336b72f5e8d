import type { Role } from '../../shared/actor.ts'
import { isValidAt } from '../validity.ts'
import type { Staff } from './staff.ts'

/** A member of the staff as colleagues know them: nothing secret. */
export type Colleague = Pick<
  Staff,
  '_id' | 'county' | 'account' | 'name' | 'unit' | 'roles' | 'language' | 'validFrom' | 'validTo' | 'generation'
>

/** The staff of a county in memory, also those who left. */
export interface StaffBook {
  readonly all: readonly Colleague[]
  get(staffId: string): Colleague | undefined
  /** The person's name, or the id itself when nobody is known under it. */
  nameOf(staffId: string): string
  /** Who holds a role in a unit at a moment, in the order of their accounts. */
  holders(role: Role, unit: string, at: Date): readonly Colleague[]
}

export function createStaffBook(staff: readonly Colleague[]): StaffBook {
  const byId = new Map(staff.map((person) => [person._id, person]))
  const byPost = new Map<string, Colleague[]>()
  for (const person of [...staff].sort((one, other) => (one.account < other.account ? -1 : 1)))
    for (const { role, unit } of person.roles) addTo(byPost, `${role}@${unit}`, person)

  return {
    all: staff,
    get: (staffId) => byId.get(staffId),
    nameOf: (staffId) => byId.get(staffId)?.name ?? staffId,
    holders: (role, unit, at) => (byPost.get(`${role}@${unit}`) ?? []).filter((person) => isValidAt(person, at)),
  }
}

function addTo(posts: Map<string, Colleague[]>, post: string, person: Colleague): void {
  const known = posts.get(post)
  if (known) known.push(person)
  else posts.set(post, [person])
}
