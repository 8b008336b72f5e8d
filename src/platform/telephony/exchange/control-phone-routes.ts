import express from 'express'
import type { Request, Router } from 'express'
import { act, answerPhone, declinePhone, findPhone, hangUp, talkingLeg, viewPhone } from './control-actions.ts'
import { controlRequests } from './control-shapes.ts'
import type { Switchboard } from './switchboard.ts'

/** What the owners of phones and operators at their lines do. */
export function controlPhoneRouter(x: Switchboard): Router {
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
