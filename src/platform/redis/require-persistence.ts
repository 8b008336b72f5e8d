import type { Redis } from 'ioredis'

/**
 * Refuses a Redis that forgets at a restart: sessions, the rooms' feeds and waiting jobs live there. Read from INFO, which managed services
 * allow where CONFIG is forbidden.
 *
 * @throws Error with one line that says what to do, when there is no append-only file
 */
export async function requirePersistence(redis: Pick<Redis, 'info'>): Promise<void> {
  const isKept = /^aof_enabled:1\r?$/m.test(await redis.info('persistence'))
  if (isKept) return
  throw new Error(
    'Redis 没有开启持久化，重启会丢数据；请设置 appendonly yes · Redis would forget everything at a restart: set "appendonly yes" for it.',
  )
}
