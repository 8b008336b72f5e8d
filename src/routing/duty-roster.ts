import type { DutyLadderServices } from '../directory/index.ts'
import { dutyLadder } from '../directory/index.ts'

/** Somebody who can be made responsible, and why it is their turn. */
export interface DutyPerson {
  readonly staffId: string
  /** The unit they answer for: the township, or the county at the end of the ladder. */
  readonly unit: string
  /** `roster`, `stand_in`, `deputy`, `head`, `county` … as the directory gives it. */
  readonly reason: string
}

/** Reasons by which somebody answers for the county and no longer for the township. */
const COUNTY_REASONS: readonly string[] = ['county_roster', 'county']

/** First the officer on duty at this instant, then whoever follows when nobody acknowledges. Empty only where a county has nobody at all. */
export async function dutyPeople(
  services: DutyLadderServices,
  county: string,
  unit: string,
  at: Date,
): Promise<readonly DutyPerson[]> {
  const rungs = await dutyLadder(services, { county, unit, at })
  return rungs.map(({ staffId, reason }) => ({
    staffId,
    reason,
    unit: COUNTY_REASONS.includes(reason) ? county : unit,
  }))
}
