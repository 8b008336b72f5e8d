import express from 'express'
import type { Request, RequestHandler } from 'express'
import { isSigned } from './signature.ts'

export interface WebhookGateConfig {
  readonly authToken: string
  /**
   * Addresses under which the exchange knows us: `PUBLIC_URL`, and on one box the loopback address. Without any, the address
   * the request came to, which express tells rightly behind a trusted proxy.
   */
  readonly origins?: readonly string[]
  readonly log: { warn(fields: object, message: string): void }
}

/** Largest webhook taken. Twilio's are below 10 kB; a text has at most 1,600 characters. */
const BODY_LIMIT = '64kb'
const MAX_FIELDS = 200

/**
 * What stands before every `/telephony` route: reads the form and lets only the exchange in.
 *
 * A missing or wrong signature is answered 403 with one log line and reaches nothing behind; a body above 64 kB is 413.
 */
export function webhookGate(config: WebhookGateConfig): RequestHandler[] {
  return [express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: MAX_FIELDS }), onlySigned(config)]
}

function onlySigned({ authToken, origins = [], log }: WebhookGateConfig): RequestHandler {
  return (request, response, next) => {
    const signature = request.get('x-twilio-signature')
    const known = origins.length > 0 ? origins : [requestedOrigin(request)]
    if (isSigned(authToken, known, { signature, path: request.originalUrl, fields: fieldsOf(request) })) {
      next()
      return
    }
    log.warn({ path: request.path, ip: request.ip, signed: signature !== undefined }, 'Webhook refused: signature')
    response.status(403).type('text/plain').send('Signature missing or wrong')
  }
}

function requestedOrigin(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`
}

function fieldsOf(request: Request): Record<string, unknown> {
  const body: unknown = request.method === 'GET' ? undefined : request.body
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
