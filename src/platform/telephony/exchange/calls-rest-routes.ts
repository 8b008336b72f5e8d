import express from 'express'
import type { Router } from 'express'
import { z } from 'zod'
import { isFinal } from '../call-status.ts'
import { toDialable, WITHHELD } from '../dialable.ts'
import type { CallFacts } from './call-facts.ts'
import { endLeg, liveLegs } from './leg-progress.ts'
import type { Course, Leg } from './leg.ts'
import { placeOutbound, redirectLeg } from './place-call.ts'
import type { OutboundCall } from './place-call.ts'
import { notFound, RestError } from './rest-error.ts'
import { restPage } from './rest-page.ts'
import type { RestShapes } from './rest-shapes.ts'
import type { Switchboard } from './switchboard.ts'
import { readTwiml, TwimlError } from './twiml-document.ts'
import type { Address } from './verb.ts'

const text = z.string().optional()
const newCall = z.object({
  To: text,
  From: text,
  Url: text,
  Method: text,
  Twiml: text,
  FallbackUrl: text,
  FallbackMethod: text,
  StatusCallback: text,
  StatusCallbackMethod: text,
  StatusCallbackEvent: z.union([z.string(), z.array(z.string())]).optional(),
  Timeout: z.coerce.number().int().min(1).max(600).catch(60),
})
const changedCall = z.object({ Url: text, Method: text, Twiml: text, Status: text })
const filter = z.object({
  To: text,
  From: text,
  Status: text,
  ParentCallSid: text,
  StartTime: z.coerce.date().optional(),
  'StartTime>': z.coerce.date().optional(),
  'StartTime<': z.coerce.date().optional(),
})

/** Calls of the account: place, find, change, list. */
export function callsRestRouter(x: Switchboard, shapes: RestShapes): Router {
  const router = express.Router()

  router.post('/Calls.json', (request, response) => {
    if (liveLegs(x).length >= x.maxLegs) throw new RestError(429, 20429, 'Too many calls in progress')
    response.status(201).json(shapes.call(placeOutbound(x, toOutbound(x, newCall.parse(request.body ?? {}))).facts))
  })

  router.get('/Calls.json', (request, response) => {
    const wanted = filter.parse(request.query)
    const calls = [...x.callLog.all()].filter((facts) => fits(facts, wanted)).reverse()
    response.json(restPage('calls', request.originalUrl, calls, shapes.call))
  })

  router.get('/Calls/:sid.json', (request, response) => {
    const facts = x.callLog.get(request.params.sid)
    if (facts === undefined) throw notFound(request.originalUrl)
    response.json(shapes.call(facts))
  })

  router.post('/Calls/:sid.json', (request, response) => {
    const facts = x.callLog.get(request.params.sid)
    if (facts === undefined) throw notFound(request.originalUrl)
    change(x, x.legs.get(facts.sid), changedCall.parse(request.body ?? {}))
    response.json(shapes.call(x.callLog.get(facts.sid) ?? facts))
  })

  return router
}

function toOutbound(x: Switchboard, asked: z.infer<typeof newCall>): OutboundCall {
  const from = toDialable(required(asked.From, 21213, "No 'From' number is specified"))
  const to = toDialable(required(asked.To, 21201, "No 'To' number is specified"))
  if (to === undefined || to === WITHHELD)
    throw new RestError(400, 21211, `Invalid 'To' phone number: ${asked.To ?? ''}`)
  if (from === undefined || x.numbers.find(from) === undefined) {
    throw new RestError(400, 21210, `'From' phone number not verified: ${asked.From ?? ''}`)
  }
  const events = asked.StatusCallbackEvent ?? 'completed'
  const fallback = optionalAddress(asked.FallbackUrl, asked.FallbackMethod)
  const reports = optionalAddress(asked.StatusCallback, asked.StatusCallbackMethod)
  return {
    from,
    to,
    course: courseOf(asked),
    ringSeconds: asked.Timeout,
    ...(fallback === undefined ? {} : { fallback }),
    ...(reports === undefined ? {} : { reports: { ...reports, events: [events].flat() } }),
  }
}

function change(x: Switchboard, leg: Leg | undefined, asked: z.infer<typeof changedCall>): void {
  const over = new RestError(400, 21220, 'Call is not in-progress. Cannot redirect.')
  if (leg === undefined || isFinal(leg.facts.status)) throw over
  if (asked.Status === 'completed' || asked.Status === 'canceled') {
    const answered = leg.facts.answeredAt !== undefined
    if (asked.Status === 'canceled' && answered) throw over
    endLeg(x, leg, answered ? 'completed' : 'canceled')
    return
  }
  if (asked.Status !== undefined) throw new RestError(400, 21218, `Invalid 'Status': ${asked.Status}`)
  if (!redirectLeg(leg, courseOf(asked))) throw over
}

function courseOf({
  Url,
  Method,
  Twiml,
}: {
  Url?: string | undefined
  Method?: string | undefined
  Twiml?: string | undefined
}): Course {
  if (Twiml !== undefined) {
    try {
      readTwiml(Twiml)
    } catch (error) {
      if (error instanceof TwimlError) throw new RestError(400, error.code, error.message)
      throw error
    }
    return { twiml: Twiml }
  }
  const address = optionalAddress(required(Url, 21205, "No 'Url' or 'Twiml' is specified"), Method)
  if (address === undefined) throw new RestError(400, 21205, 'Url is not a valid URL')
  return { address }
}

function optionalAddress(url: string | undefined, method: string | undefined): Address | undefined {
  if (url === undefined || url === '') return undefined
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new RestError(400, 21205, `Url is not a valid URL: ${url}`)
  return { url, method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST' }
}

function required(value: string | undefined, code: number, message: string): string {
  if (value === undefined || value.trim() === '') throw new RestError(400, code, message)
  return value
}

function fits(facts: CallFacts, wanted: z.infer<typeof filter>): boolean {
  const start = facts.createdAt
  const after = wanted['StartTime>'] ?? wanted.StartTime
  const before = wanted['StartTime<']
  return (
    (wanted.To === undefined || toDialable(wanted.To) === facts.to) &&
    (wanted.From === undefined || toDialable(wanted.From) === facts.from) &&
    (wanted.Status === undefined || wanted.Status === facts.status) &&
    (wanted.ParentCallSid === undefined || wanted.ParentCallSid === facts.parentSid) &&
    (after === undefined || start >= after) &&
    (before === undefined || start <= before)
  )
}
