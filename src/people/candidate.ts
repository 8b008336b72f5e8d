import type { FieldVault } from '../platform/privacy/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Match, MatchedBy } from './find-people.ts'
import type { HouseholdRecord, Relation } from './household.ts'
import type { HouseholdStore } from './household-store.ts'
import type { MaskedPerson } from './masked-person.ts'
import { maskPerson } from './masked-person.ts'
import type { PersonRecord } from './person.ts'
import type { PersonStore } from './person-store.ts'

/** Somebody who may be meant, with everybody in their household; all with masks on. */
export interface Candidate {
  readonly person: MaskedPerson
  /** Why they came up; several may fit, and the caller's word decides. */
  readonly matchedBy: readonly MatchedBy[]
  readonly household: readonly MaskedMember[]
}

export interface MaskedMember {
  readonly person: MaskedPerson
  readonly relation: Relation
}

interface CandidateServices {
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly vault: FieldVault
  readonly clock: Clock
}

/** The matches with masks on, and their households: two queries for all of them together. */
export async function candidatesOf(
  services: CandidateServices,
  county: string,
  matches: readonly Match[],
): Promise<readonly Candidate[]> {
  const { people, households, vault, clock } = services
  const at = clock.now()
  const homes = await households.findMany(county, unique(matches.flatMap(({ person }) => person.householdId ?? [])))
  const memberIds = unique(homes.flatMap(({ members }) => members.map(({ personId }) => personId)))
  const members = new Map((await people.findMany(county, memberIds)).map((person) => [person._id, person]))
  const homeOf = new Map(homes.map((home) => [home._id, home]))
  return matches.map(({ person, by }) => ({
    person: maskPerson(vault, person, 'desk', at),
    matchedBy: by,
    household: otherMembers(homeOf.get(person.householdId ?? ''), person, members).map(({ member, relation }) => ({
      person: maskPerson(vault, member, 'list', at),
      relation,
    })),
  }))
}

function otherMembers(
  home: HouseholdRecord | undefined,
  self: PersonRecord,
  known: ReadonlyMap<string, PersonRecord>,
): { member: PersonRecord; relation: Relation }[] {
  return (home?.members ?? []).flatMap(({ personId, relation }) => {
    const member = personId === self._id ? undefined : known.get(personId)
    return member ? [{ member, relation }] : []
  })
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
