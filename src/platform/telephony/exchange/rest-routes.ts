import { timingSafeEqual } from 'node:crypto'
import express from 'express'
import type { ErrorRequestHandler, RequestHandler, Router } from 'express'
import { ZodError } from 'zod'
import { callsRestRouter } from './calls-rest-routes.ts'
import { recordingsRestRouter } from './recordings-rest-routes.ts'
import { notFound, RestError } from './rest-error.ts'
import { createRestShapes } from './rest-shapes.ts'
import type { Switchboard } from './switchboard.ts'
import { textsRestRouter } from './texts-rest-routes.ts'

const BODY_LIMIT = '64kb'

/** Twilio's REST for one account, as far as the product uses it. */
export function restRouter(x: Switchboard, authToken: string): Router {
  const router = express.Router()
  const shapes = createRestShapes(x.accountSid)
  router.use(onlyAccount(x.accountSid, authToken), faulty(x))
  router.use(express.urlencoded({ extended: false, limit: BODY_LIMIT }))
  router.use(`/Accounts/${x.accountSid}`, callsRestRouter(x, shapes))
  router.use(`/Accounts/${x.accountSid}`, textsRestRouter(x, shapes))
  router.use(`/Accounts/${x.accountSid}`, recordingsRestRouter(x, shapes))
  router.use((request) => {
    throw notFound(request.originalUrl)
  })
  router.use(refuse(x))
  return router
}

function onlyAccount(accountSid: string, authToken: string): RequestHandler {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
  return (request, _response, next) => {
    const given = Buffer.from(request.get('authorization') ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new RestError(401, 20003, 'Authenticate')
    }
    next()
  }
}

/** Fails as ordered: before doing anything, or after doing it and before its answer. */
function faulty(x: Switchboard): RequestHandler {
  return (request, response, next) => {
    const fault = x.faults.take(['rest_down', 'rest_unknown'], undefined, request.originalUrl)
    if (fault?.what === 'rest_down') throw new RestError(503, 20503, 'Service is down for maintenance')
    if (fault?.what === 'rest_unknown') {
      response.json = () => {
        request.socket.destroy()
        return response
      }
    }
    next()
  }
}

function refuse(x: Switchboard): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const refusal = toRestError(error)
    if (refusal.status >= 500 && refusal.code !== 20503) x.log.error({ err: error }, 'The exchange broke')
    response.status(refusal.status).json(refusal)
  }
}

function toRestError(error: unknown): RestError {
  if (error instanceof RestError) return error
  if (error instanceof ZodError) return new RestError(400, 20001, error.issues[0]?.message ?? 'Bad request')
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  if (status < 500) return new RestError(status, 20001, error instanceof Error ? error.message : 'Bad request')
  return new RestError(500, 20500, 'Internal Server Error')
}
