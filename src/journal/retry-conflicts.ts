import { DomainError } from '../shared/errors.ts'
import { isDuplicateKeyIn, isTransient } from './database-errors.ts'

/**
 * Runs a transaction again for as long as it only met somebody else's.
 *
 * @param budgetMs - no further try is begun after this time. Milliseconds
 * @throws DomainError `outcome.unknown` when the time is over
 */
export async function retryConflicts<T>(run: () => Promise<T>, budgetMs: number): Promise<T> {
  const startedAt = performance.now()
  for (let tries = 0; ; tries += 1) {
    try {
      return await run()
    } catch (error) {
      if (!isTransient(error) && !isDuplicateKeyIn(error, 'journal')) throw error
      if (performance.now() - startedAt > budgetMs)
        throw new DomainError('outcome.unknown', 'The database was too busy; retry with the same key', {
          cause: String(error),
        })
      await pause(Math.random() * Math.min(5 * 1.6 ** tries, 250))
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
