import { DomainError } from '../shared/errors.ts'

/**
 * Waits for an answer, but no longer than a person would: a database that hangs must not hold a page or a line of others.
 *
 * What was begun goes on by itself; whether it ends well nobody knows yet, and the same key asks again.
 *
 * @param limitMs - in total, retries included. Milliseconds
 * @throws DomainError `outcome.unknown` when the time is over; whatever `run` throws before
 */
export async function answeredInTime<T>(run: () => Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DomainError('outcome.unknown', 'The database did not answer in time; retry with the same key'))
    }, limitMs)
  })
  const answer = run()
  answer.catch(() => undefined)
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
