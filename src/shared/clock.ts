/** Where the time comes from. Everything that asks "now" asks a clock, so that a test can move it. */
export interface Clock {
  /** The present moment. */
  now(): Date
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() }
