import type { Fact, FactData } from '../../journal/index.ts'

/** What is announced about a roster. Ids, codes and times only. */
export type RosterFact =
  | 'roster.shift_added'
  | 'roster.shift_ended'
  | 'roster.absence_added'
  | 'roster.absence_changed'
  | 'roster.handed_over'
  | 'roster.hand_over_read'
  | 'roster.gap'
  | 'roster.gap_filled'

/** A fact in the stream of one unit's roster. */
export function rosterFact(type: RosterFact, unit: string, data: FactData): Fact {
  return { stream: `roster:${unit}`, type, data: { unit, ...data } }
}
