export type { ClockMover, Move, TimePassing } from './move-clock.ts'
export { createClockMover } from './move-clock.ts'
export type { SharedClock, SharedClockNeeds } from './shared-clock.ts'
export { createSharedClock } from './shared-clock.ts'
