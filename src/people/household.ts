/** How a member stands to the head of the household. */
export const RELATIONS = [
  'head',
  'spouse',
  'child',
  'parent',
  'grandparent',
  'grandchild',
  'sibling',
  'guardian',
  'other',
] as const

export type Relation = (typeof RELATIONS)[number]

export interface HouseholdMember {
  readonly personId: string
  readonly relation: Relation
  readonly since: Date
}

/** People who live and keep house together. A person belongs to at most one. */
export interface HouseholdRecord {
  readonly _id: string
  readonly county: string
  readonly version: number
  readonly members: readonly HouseholdMember[]
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The members after somebody joined or changed their relation; there is one head, and the newest one named is it. */
export function withMember(members: readonly HouseholdMember[], joining: HouseholdMember): readonly HouseholdMember[] {
  const others = members.filter(({ personId }) => personId !== joining.personId)
  const kept = joining.relation === 'head' ? others.map(demoted) : others
  return [...kept, joining]
}

/** The members after somebody left. */
export function withoutMember(members: readonly HouseholdMember[], personId: string): readonly HouseholdMember[] {
  return members.filter((member) => member.personId !== personId)
}

function demoted(member: HouseholdMember): HouseholdMember {
  return member.relation === 'head' ? { ...member, relation: 'other' } : member
}
