import express from 'express'
import type { ErrorRequestHandler, RequestHandler, Router } from 'express'
import { ZodError } from 'zod'
import { ControlRefusal, numberOf, ownNumber } from './control-actions.ts'
import { controlCallRouter } from './control-call-routes.ts'
import { controlPhoneRouter } from './control-phone-routes.ts'
import { controlRequests } from './control-shapes.ts'
import { receiveText } from './deliver-text.ts'
import type { Switchboard } from './switchboard.ts'

/**
 * The hands of everybody outside: callers, owners of phones, and those who order faults. Only from this machine, and not
 * from a page in a browser.
 */
export function controlRouter(x: Switchboard): Router {
  const router = express.Router()
  router.use(notFromPages, express.json({ limit: '64kb' }))
  router.use('/calls', controlCallRouter(x))
  router.use('/phones', controlPhoneRouter(x))
  router.use(otherRoutes(x))
  router.use(() => {
    throw new ControlRefusal(404, 'no_such_address', 'No such address')
  })
  router.use(refuse(x))
  return router
}

function otherRoutes(x: Switchboard): Router {
  const router = express.Router()

  router.post('/texts', async (request, response) => {
    const { from, to, text } = controlRequests.text.parse(request.body)
    const received = await receiveText(x, { from: numberOf(from), to: ownNumber(x, to).number, body: text })
    response.status(201).json(received)
  })
  router.get('/numbers', (_request, response) => {
    response.json({ numbers: x.numbers.all() })
  })
  router.put('/numbers', (request, response) => {
    x.numbers.put(controlRequests.number.parse(request.body))
    response.json({ done: true })
  })
  router.get('/faults', (_request, response) => {
    response.json({ faults: x.faults.list() })
  })
  router.post('/faults', (request, response) => {
    x.faults.add(controlRequests.fault.parse(request.body))
    response.status(201).json({ faults: x.faults.list() })
  })
  router.delete('/faults', (_request, response) => {
    x.faults.clear()
    response.json({ done: true })
  })
  router.get('/queues', (_request, response) => {
    const queues = x.queues.all().map(({ name, sid, entries }) => ({
      name,
      sid,
      callers: entries.map(({ leg }) => leg.facts.sid),
    }))
    response.json({ queues })
  })
  router.get('/webhooks', (_request, response) => {
    response.json({ webhooks: x.webhooks.recent() })
  })
  router.get('/idle', async (request, response) => {
    const { waitMs } = controlRequests.watch.parse(request.query)
    response.json({ idle: await x.webhooks.idle(waitMs) })
  })
  return router
}

/** A page open in a browser on this machine must not place calls: it has an `Origin`, and forms are not JSON. */
const notFromPages: RequestHandler = (request, _response, next) => {
  if (request.get('origin') !== undefined) throw new ControlRefusal(403, 'from_a_page', 'Not from a page in a browser')
  const hasBody = request.method !== 'GET' && Number(request.get('content-length') ?? 0) > 0
  if (hasBody && !request.is('application/json')) throw new ControlRefusal(415, 'not_json', 'The body must be JSON')
  next()
}

function refuse(x: Switchboard): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const { status, code, message } = toRefusal(error)
    if (status >= 500) x.log.error({ err: error }, 'The exchange broke')
    response.status(status).json({ code, message })
  }
}

function toRefusal(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof ControlRefusal) return error
  if (error instanceof ZodError) {
    const [issue] = error.issues
    return { status: 400, code: 'bad_request', message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }
  }
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  return { status, code: 'failed', message: error instanceof Error && status < 500 ? error.message : 'Failed' }
}
