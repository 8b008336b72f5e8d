import type { DutyLadderServices } from '../directory/index.ts'
import type { DutyPerson } from './duty-roster.ts'
import { dutyPeople } from './duty-roster.ts'

/** Who sits at the county's triage desk: its holder, or else the county officer on duty. */
export async function atTriage(
  services: DutyLadderServices,
  county: string,
  at: Date,
): Promise<DutyPerson | undefined> {
  const book = await services.roster.book(county)
  const [holder] = book.staff.holders('triage', county, at)
  if (holder) return { staffId: holder._id, unit: county, reason: 'triage' }
  const [onDuty] = await dutyPeople(services, county, county, at)
  return onDuty
}
