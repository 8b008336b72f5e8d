import type { RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import type { Redis } from 'ioredis'
import type { RedisReply } from 'rate-limit-redis'
import { RedisStore } from 'rate-limit-redis'
import { DomainError } from '../../shared/errors.ts'
import { actorOf } from './request-actor.ts'

/**
 * Lets a person (or an address, when nobody is signed in) send so many requests a minute, counted in Redis for all web processes.
 *
 * @param name - separates the counters of different limits
 * @throws DomainError `request.busy` (429 with Retry-After)
 */
export function createRateLimit(
  redis: Redis,
  name: string,
  perMinute: { readonly staff: number; readonly public: number },
): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: (_req, res) => (actorOf(res).kind === 'staff' ? perMinute.staff : perMinute.public),
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    passOnStoreError: true,
    keyGenerator: (req, res) => {
      const actor = actorOf(res)
      return actor.kind === 'staff' ? actor.staffId : ipKeyGenerator(req.ip ?? '')
    },
    store: new RedisStore({
      prefix: `limit:${name}:`,
      sendCommand: (command: string, ...args: string[]) => redis.call(command, ...args) as Promise<RedisReply>,
    }),
    handler: (_req, _res, next) => next(new DomainError('request.busy', 'Too many requests', { retryAfterMs: 60_000 })),
  })
}
