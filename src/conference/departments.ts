import { STANDARD_DEPARTMENTS } from '../directory/index.ts'

/** Unit id of every department a conference may call, civil affairs (the county's own unit) first. Source: N27. */
export function departmentsOf(county: string): readonly string[] {
  return [county, ...STANDARD_DEPARTMENTS.map(([word]) => `${county}-${word}`)]
}

/** Departments without which no meeting decides, so they are always called. Source: default of conference.quorum. */
export function alwaysCalled(county: string): readonly string[] {
  return [county, `${county}-finance`]
}
