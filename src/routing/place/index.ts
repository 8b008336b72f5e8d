export type { MatchOptions, Matcher, PlaceChoice, PlaceMatch } from './matcher.ts'
export { createMatcher } from './matcher.ts'
export type { PlaceContext, PlaceDivision } from './place-division.ts'
export type { NoteCode, Reason, ReasonCode } from './reasons.ts'
