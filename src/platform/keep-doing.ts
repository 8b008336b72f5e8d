/**
 * Does some work at once and again and again as long as the process lives; never twice at a time.
 *
 * @param everyMs - real time between two beginnings; one that still runs is not begun again
 * @param onError - what went wrong; the work goes on with the next turn
 * @returns stops it and waits for the turn under way
 */
export function keepDoing(
  work: () => Promise<unknown>,
  everyMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let current: Promise<void> | undefined
  const begin = (): void => {
    current ??= work()
      .then(() => undefined, onError)
      .finally(() => (current = undefined))
  }
  const timer = setInterval(begin, everyMs)
  begin()
  return async () => {
    clearInterval(timer)
    await current
  }
}
