import { Redis } from 'ioredis'

/**
 * A connection that waits for Redis as long as it is away, and says so.
 *
 * @param installation - begins every key, so that a demo and a county at work can share one Redis
 */
export function openRedis(
  url: string,
  installation: string,
  log: { warn(details: object, message: string): void },
): Redis {
  const redis = new Redis(url, { keyPrefix: `${installation}:`, maxRetriesPerRequest: null })
  redis.on('error', (error: Error) => log.warn({ err: error.message }, 'redis is not reachable; trying again'))
  return redis
}
