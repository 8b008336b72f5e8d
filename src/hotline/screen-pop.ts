import type { AidStore } from '../aid/index.ts'
import type { CaseRecord, CaseStore } from '../cases/index.ts'
import { openTexts } from '../cases/index.ts'
import type { HouseholdStore, MaskedMember, MaskedPerson, PersonStore } from '../people/index.ts'
import { maskPerson } from '../people/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { chinaYear, momentOf } from '../shared/china-day.ts'
import type { Clock } from '../shared/clock.ts'

export interface ScreenPopServices {
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly cases: CaseStore
  readonly aid: AidStore
  readonly vault: FieldVault
  readonly clock: Clock
}

/** One person who may be calling, with everything an operator should know before saying hello. */
export interface PoppedPerson {
  readonly person: MaskedPerson
  readonly household: readonly MaskedMember[]
  readonly openCases: readonly { readonly found: CaseRecord; readonly place: string }[]
  readonly aidThisYearFen: number
}

/** Who may be calling, their household, their open cases with clocks, and what they were given this year. All with masks on. */
export async function screenPop(
  services: ScreenPopServices,
  county: string,
  personIds: readonly string[],
): Promise<readonly PoppedPerson[]> {
  if (personIds.length === 0) return []
  const { people, cases, aid, vault, clock } = services
  const now = clock.now()
  const found = await people.findMany(county, personIds)
  const open = await cases.openOfPerson(county, personIds)
  const given = await aid.ofPersonThisYear(county, personIds, startOfYear(now))
  return Promise.all(
    found.map(async (person) => ({
      person: maskPerson(vault, person, 'desk', now),
      household: await membersOf(services, county, person.householdId, person._id),
      openCases: open
        .filter(({ personId }) => personId === person._id)
        .map((one) => ({ found: one, place: openTexts(vault, one).place })),
      aidThisYearFen: given
        .filter(({ personId }) => personId === person._id)
        .flatMap(({ orders }) => orders.filter(({ state }) => state === 'PAID'))
        .reduce((sum, { amountFen }) => sum + amountFen, 0),
    })),
  )
}

async function membersOf(
  { households, people, vault, clock }: ScreenPopServices,
  county: string,
  householdId: string | undefined,
  exceptId: string,
): Promise<MaskedMember[]> {
  const household = householdId === undefined ? null : await households.find(county, householdId)
  const others = (household?.members ?? []).filter(({ personId }) => personId !== exceptId)
  const found = await people.findMany(
    county,
    others.map(({ personId }) => personId),
  )
  return others.flatMap(({ personId, relation }) => {
    const person = found.find(({ _id }) => _id === personId)
    return person ? [{ person: maskPerson(vault, person, 'desk', clock.now()), relation }] : []
  })
}

/** 1 January in China. */
function startOfYear(at: Date): Date {
  return momentOf(`${chinaYear(at)}-01-01`)
}
