import { createHmac } from 'node:crypto'
import type { Express, Request } from 'express'
import type { Actor, By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'

const SECRET = 'command secret'

/**
 * Sets the secret under which an application digests the bodies of commands. A body may hold an identity number, which a digest without a
 * secret would give away to whoever tries them all.
 */
export function digestCommandsWith(app: Express, secret: string): void {
  app.set(SECRET, secret)
}

const KEY = /^[\w.:-]{8,128}$/

/** The command a write carries: under whose name, with which idempotency key, over which body. */
export function commandOf(req: Request, actor: Actor, body: unknown, onReplay: () => void): By {
  const key = keyOf(req)
  if (!KEY.test(key))
    throw new DomainError('key.missing', 'Send an Idempotency-Key of 8 to 128 letters, digits or -._:')
  const digest = createHmac('sha256', secretOf(req)).update(
    `${req.method} ${req.baseUrl}${req.path}\n${stableText(body)}`,
  )
  return { actor, key: `${actor.staffId}/${key}`, bodyHash: digest.digest('hex'), onReplay }
}

function secretOf(req: Request): string {
  const secret = req.app.get(SECRET) as unknown
  if (typeof secret !== 'string') throw new Error('Commands need digestCommandsWith(app, secret)')
  return secret
}

/**
 * The version a write was made against: `If-Match: "3"`, or the page's `_version`.
 *
 * @throws DomainError `version.missing` when the route demands one
 */
export function versionOf(req: Request, isDemanded: boolean): number | undefined {
  const given = req.get('if-match') ?? formField(req, '_version')
  const version = /^(?:W\/)?"?(\d+)"?$/.exec(given ?? '')?.[1]
  if (version === undefined && isDemanded)
    throw new DomainError('version.missing', 'Send If-Match with the ETag you read')
  return version === undefined ? undefined : Number(version)
}

function keyOf(req: Request): string {
  return req.get('idempotency-key') ?? formField(req, '_key') ?? ''
}

function formField(req: Request, name: string): string | undefined {
  const value = (req.body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : undefined
}

/** A text of the body that does not depend on the order of its names. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
