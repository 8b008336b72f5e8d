import fc from 'fast-check'

/** Seeds every run tries again: what they once found must not come back. */
const FIXED = [20_261_122, 7, 318_008]

/**
 * Checks a property under the fixed seeds and under a fresh one, which is printed when it fails.
 *
 * @param runs - histories per seed
 */
export async function holdsForAll<Values>(
  property: fc.IAsyncProperty<Values> | fc.IProperty<Values>,
  runs: number,
): Promise<void> {
  const fresh = Math.floor(Math.random() * 2 ** 31)
  for (const seed of [...FIXED, fresh]) await fc.assert(property, { seed, numRuns: runs, endOnFailure: runs < 50 })
}
