/** What `npm run bench` hands to a bench. */
export interface BenchOptions {
  readonly seconds: number
  /** Also the rows that need a million records. */
  readonly large: boolean
  /** Folder of division lists. */
  readonly divisions?: string
}

/** One row of a benchmark; what does not apply is left out. */
export interface BenchRow {
  readonly name: string
  readonly perSecond?: number
  readonly p50Ms?: number
  readonly p95Ms?: number
  readonly p99Ms?: number
  readonly rssMb?: number
  readonly lost?: number
  readonly [figure: string]: string | number | undefined
}

/** Percentiles of durations. Milliseconds, two decimals. */
export function percentiles(durations: readonly number[]): { p50Ms: number; p95Ms: number; p99Ms: number } {
  const sorted = [...durations].sort((a, b) => a - b)
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    return Math.round(value * 100) / 100
  }
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
}
