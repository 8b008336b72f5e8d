import express from 'express'
import type { Router } from 'express'
import { z } from 'zod'
import { isFinal } from '../call-status.ts'
import { betweenNumbers } from './between-numbers.ts'
import type { CallFacts } from './call-facts.ts'
import { changedCall, courseOf, newCall, toOutbound } from './call-requests.ts'
import { endLeg } from './leg-progress.ts'
import type { Leg } from './leg.ts'
import { placeOutbound, redirectLeg } from './place-call.ts'
import { notFound, RestError } from './rest-error.ts'
import { restPage } from './rest-page.ts'
import type { RestShapes } from './rest-shapes.ts'
import type { Switchboard } from './switchboard.ts'

const text = z.string().optional()
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
    if (x.live.size >= x.maxLegs) throw new RestError(429, 20429, 'Too many calls in progress')
    response.status(201).json(shapes.call(placeOutbound(x, toOutbound(x, newCall.parse(request.body ?? {}))).facts))
  })

  router.get('/Calls.json', (request, response) => {
    const fits = wantedCalls(filter.parse(request.query))
    const calls = [...x.callLog.all()].filter(fits).reverse()
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

function wantedCalls(wanted: z.infer<typeof filter>): (facts: CallFacts) => boolean {
  const after = wanted['StartTime>'] ?? wanted.StartTime
  const before = wanted['StartTime<']
  const isBetween = betweenNumbers(wanted)
  return (facts) =>
    isBetween(facts) &&
    (wanted.Status === undefined || wanted.Status === facts.status) &&
    (wanted.ParentCallSid === undefined || wanted.ParentCallSid === facts.parentSid) &&
    (after === undefined || facts.createdAt >= after) &&
    (before === undefined || facts.createdAt <= before)
}
