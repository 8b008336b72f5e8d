/** Longest wait for the web process. Milliseconds. */
const LIMIT_MS = 60_000

/**
 * Waits until the web process says that database, Redis and queues are there.
 *
 * @throws Error when it does not within a minute
 */
export async function untilReady(address: string): Promise<void> {
  const until = Date.now() + LIMIT_MS
  while (Date.now() < until) {
    const isReady = await fetch(`${address}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  throw new Error(
    '网站一分钟内没有就绪，请看上面的提示 · The web process was not ready within a minute; see the lines above',
  )
}
