import type { Redis } from 'ioredis'

/** Keys taken at once. */
const BATCH = 500

/**
 * Removes everything that one installation keeps in Redis: sessions, feeds, leases, limits and its queues. What else lives there stays.
 *
 * @param installation - as given to `openRedis`
 */
export async function forgetInstallation(redis: Redis, installation: string): Promise<void> {
  const plain = redis.duplicate({ keyPrefix: '' })
  try {
    for (const begin of [`${installation}:`, `{${installation}:`])
      for await (const keys of plain.scanStream({ match: `${asWritten(begin)}*`, count: BATCH }) as AsyncIterable<
        string[]
      >)
        if (keys.length > 0) await plain.unlink(...keys)
  } finally {
    plain.disconnect()
  }
}

/** A text without meaning for Redis's patterns. */
function asWritten(text: string): string {
  return text.replaceAll(/[\\*?[\]^-]/g, '\\$&')
}
