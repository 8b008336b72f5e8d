/** Somebody who can be made responsible, and why it is their turn. */
export interface DutyPerson {
  readonly staffId: string
  /** The unit they answer for: the township, or the county at the end of the ladder. */
  readonly unit: string
  /** `roster`, `stand_in`, `deputy`, `township_head`, `county` … */
  readonly reason: string
}

/** Who is on duty. Answers somebody always: a county that can route has at least its civil-affairs officer. */
export interface DutyRoster {
  /** First the officer on duty at this instant, then whoever follows when nobody acknowledges. */
  ladder(county: string, unit: string, at: Date): Promise<readonly [DutyPerson, ...DutyPerson[]]>
  /** Who sits at the county's triage desk. */
  triage(county: string, at: Date): Promise<DutyPerson>
}
