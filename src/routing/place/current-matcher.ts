import type { Matcher } from './matcher.ts'
import { createMatcher } from './matcher.ts'
import type { PlaceDivision } from './place-division.ts'

/** Where the list of divisions comes from. */
export interface DivisionSource {
  /** Counts up when the list changes. */
  version(): Promise<number>
  all(): Promise<readonly PlaceDivision[]>
}

/** How long a change of the list may stay unseen. Milliseconds. */
const SEEN_MS = 2_000

/**
 * A matcher that follows the list: made when first asked for, made anew when the version has changed.
 *
 * Askers at the same time share one; while a new one is made, and when the database is away, the last one answers.
 *
 * @returns the matcher of the list as it was at most two seconds ago
 */
export function createCurrentMatcher(source: DivisionSource): () => Promise<Matcher> {
  let current: { readonly version: number; readonly matcher: Matcher } | undefined
  let making: Promise<Matcher> | undefined
  let lookedAt = -Infinity

  return async () => {
    const isFresh = performance.now() - lookedAt < SEEN_MS
    if (current && (isFresh || making)) return current.matcher
    making ??= make().finally(() => (making = undefined))
    return making
  }

  async function make(): Promise<Matcher> {
    try {
      const version = await source.version()
      if (current?.version !== version) current = { version, matcher: createMatcher(await source.all()) }
      lookedAt = performance.now()
    } catch (error) {
      if (!current) throw error
      lookedAt = performance.now()
    }
    return current.matcher
  }
}
