import type { FieldVault, RotatableRecords } from '../platform/privacy/index.ts'
import type { PersonRecord } from './person.ts'
import { openDetails, sealDetails } from './person-fields.ts'
import type { PersonStore } from './person-store.ts'

/**
 * The persons of a county for `rotateRecords`: sealed again with the newest key, values and tokens.
 *
 * A person has no new version by it: nothing that anybody could have read has changed.
 */
export function rotatablePeople(
  { people, vault }: { readonly people: PersonStore; readonly vault: FieldVault },
  county: string,
): RotatableRecords {
  return {
    idsAfter: (after, limit) => people.idsAfter(county, after, limit),
    async rotate(personId) {
      const person = await people.find(county, personId)
      if (!person || !needsRotation(vault, person)) return 'current'
      const resealed = sealDetails(vault, county, personId, openDetails(vault, person))
      return (await people.reseal(person, resealed)) ? 'rotated' : 'busy'
    },
  }
}

function needsRotation(vault: FieldVault, { sealed }: PersonRecord): boolean {
  return Object.values(sealed).some((value) => vault.needsRotation(value))
}
