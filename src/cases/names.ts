import type { StaffStore, UnitStore } from '../directory/index.ts'

export interface NameServices {
  readonly units: UnitStore
  readonly staff: StaffStore
}

/** Says the name of a unit or a member of staff by id; an id nobody knows stays as it is. Names come from memory. */
export async function namesOf({ units, staff }: NameServices, county: string): Promise<(id: string) => string> {
  const unitBook = await units.book(county)
  const staffBook = await staff.book(county)
  return (id) => unitBook.get(id)?.shortName ?? staffBook.get(id)?.name ?? id
}
