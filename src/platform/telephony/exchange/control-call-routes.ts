import express from 'express'
import type { Request, Router } from 'express'
import { act, callIn, dropLine, findLeg, hangUp, viewCall, viewLive } from './control-actions.ts'
import { controlRequests } from './control-shapes.ts'
import type { Switchboard } from './switchboard.ts'

/** What callers do: call, say, press, hang up; and what breaks. */
export function controlCallRouter(x: Switchboard): Router {
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
