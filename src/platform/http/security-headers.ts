import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Headers that also work on a plain-http intranet: nothing is upgraded to https and no HSTS is sent unless we serve TLS ourselves.
 *
 * Scripts need the request's nonce or come from us; styles, fonts, pictures and connections from us alone.
 */
export function securityHeaders(options: { readonly isTls: boolean }): RequestHandler[] {
  const nonce: RequestHandler = (_req, res, next) => {
    res.locals['nonce'] = randomBytes(16).toString('base64')
    next()
  }
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", (_req, res) => `'nonce-${nonceOf(res)}'`],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: options.isTls,
    crossOriginOpenerPolicy: options.isTls,
    originAgentCluster: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  return [nonce, headers]
}

function nonceOf(res: unknown): string {
  return String((res as { locals?: { nonce?: string } }).locals?.nonce)
}
