/** A value per county that is loaded at most every so often. */
export interface CountyCache<Value> {
  /** The value, at most `maxAgeMs` old. Askers at the same time share one load. */
  of(county: string): Promise<Value>
  /** Makes the next asker load anew; called after a change in this process. */
  forget(county: string): void
}

interface Kept<Value> {
  readonly value: Promise<Value>
  readonly loadedAt: number
}

/**
 * Keeps what many requests ask and few change. Ages are real time, also while a test moves the clock.
 *
 * @param maxAgeMs - how long another process's change may stay unseen
 */
export function createCountyCache<Value>(
  load: (county: string) => Promise<Value>,
  maxAgeMs: number,
): CountyCache<Value> {
  const kept = new Map<string, Kept<Value>>()
  return {
    of(county) {
      const known = kept.get(county)
      if (known && performance.now() - known.loadedAt < maxAgeMs) return known.value
      const fresh = { value: load(county), loadedAt: performance.now() }
      kept.set(county, fresh)
      fresh.value.catch(() => {
        if (kept.get(county) === fresh) kept.delete(county)
      })
      return fresh.value
    },
    forget: (county) => void kept.delete(county),
  }
}
