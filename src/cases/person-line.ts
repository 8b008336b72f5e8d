import type { HouseholdStore, PersonStore } from '../people/index.ts'
import { maskPerson } from '../people/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { CaseRecord } from './case.ts'

interface PersonLineServices {
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly vault: FieldVault
  readonly clock: Clock
}

/** The person in need in one masked line: 张＊ · 38 岁 · 128＊＊＊＊0000. Undefined while nobody is named. */
export async function personLine(
  { people, vault, clock }: PersonLineServices,
  { county, personId }: CaseRecord,
  present: Presenter,
): Promise<string | undefined> {
  const person = personId === undefined ? undefined : await people.find(county, personId)
  if (!person) return undefined
  const masked = maskPerson(vault, person, 'desk', clock.now())
  const years = masked.years === undefined ? '' : present.t('cases:person.years', { years: masked.years })
  return [masked.name || present.t('cases:person.unnamed'), years, ...masked.phones].filter(Boolean).join(' · ')
}
