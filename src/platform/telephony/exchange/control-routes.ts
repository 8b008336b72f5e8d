import express from 'express'
import type { ErrorRequestHandler, RequestHandler, Request, Router } from 'express'
import { ZodError } from 'zod'
import {
  act,
  answerPhone,
  callIn,
  ControlRefusal,
  declinePhone,
  dropLine,
  findLeg,
  findPhone,
  hangUp,
  numberOf,
  ownNumber,
  talkingLeg,
  viewCall,
  viewLive,
  viewPhone,
} from './control-actions.ts'
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
  router.use('/calls', callRoutes(x))
  router.use('/phones', phoneRoutes(x))
  router.use(otherRoutes(x))
  router.use(() => {
    throw new ControlRefusal(404, 'no_such_address', 'No such address')
  })
  router.use(refuse(x))
  return router
}

function callRoutes(x: Switchboard): Router {
  const router = express.Router()
  const leg = (request: Request<{ sid: string }>) => findLeg(x, request.params.sid)

  router.get('/', (_request, response) => {
    response.json({ calls: viewLive(x) })
  })
  router.post('/', (request, response) => {
    const call = callIn(x, controlRequests.call.parse(request.body))
    response.status(201).json({ sid: call.facts.sid })
  })
  router.get('/:sid', async (request, response) => {
    const { after, waitMs } = controlRequests.watch.parse(request.query)
    await x.changes.beyond(leg(request).facts.sid, after, waitMs)
    response.json(viewCall(x, leg(request)))
  })
  router.post('/:sid/say', (request, response) => {
    act(x, leg(request), controlRequests.say.parse(request.body))
    response.json({ done: true })
  })
  router.post('/:sid/press', (request, response) => {
    act(x, leg(request), controlRequests.press.parse(request.body))
    response.json({ done: true })
  })
  router.post('/:sid/hang-up', (request, response) => {
    hangUp(x, leg(request))
    response.json({ done: true })
  })
  router.post('/:sid/drop', (request, response) => {
    dropLine(x, leg(request), controlRequests.drop.parse(request.body ?? {}).silently)
    response.json({ done: true })
  })
  router.post('/:sid/skip', (request, response) => {
    const { skips } = leg(request)
    const waited = skips.size > 0
    for (const skip of [...skips]) skip()
    response.json({ done: waited })
  })
  return router
}

function phoneRoutes(x: Switchboard): Router {
  const router = express.Router()
  const phone = (request: Request<{ id: string }>) => findPhone(x, request.params.id)

  router.get('/:id', async (request, response) => {
    const { after, waitMs } = controlRequests.watch.parse(request.query)
    await x.changes.beyond(phone(request).id, after, waitMs)
    response.json(viewPhone(x, phone(request)))
  })
  router.put('/:id', (request, response) => {
    phone(request).manner = controlRequests.manner.parse(request.body)
    response.json({ done: true })
  })
  router.post('/:id/answer', (request, response) => {
    const { sid } = answerPhone(phone(request), controlRequests.answer.parse(request.body ?? {}).sid).facts
    response.json({ sid })
  })
  router.post('/:id/decline', (request, response) => {
    const { sid } = declinePhone(phone(request), controlRequests.answer.parse(request.body ?? {}).sid).facts
    response.json({ sid })
  })
  router.post('/:id/hang-up', (request, response) => {
    const leg = talkingLeg(phone(request))
    hangUp(x, leg)
    response.json({ sid: leg.facts.sid })
  })
  router.post('/:id/say', (request, response) => {
    act(x, talkingLeg(phone(request)), controlRequests.say.parse(request.body))
    response.json({ done: true })
  })
  router.post('/:id/press', (request, response) => {
    act(x, talkingLeg(phone(request)), controlRequests.press.parse(request.body))
    response.json({ done: true })
  })
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
