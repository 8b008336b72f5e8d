import type { Redis } from 'ioredis'

/**
 * The full name of a channel: with the prefix that a connection puts before its keys.
 *
 * Redis has channels for the whole server, whatever database a connection is in, and the client leaves them as they are given. Two
 * installations on one Redis would otherwise hear each other.
 */
export function channelName(redis: Pick<Redis, 'options'>, name: string): string {
  return `${redis.options.keyPrefix ?? ''}${name}`
}
