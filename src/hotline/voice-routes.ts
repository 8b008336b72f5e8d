import type { Request, Response, Router } from 'express'
import express from 'express'
import type { UnitStore } from '../directory/index.ts'
import type { Logger } from '../platform/log.ts'
import {
  parseStatusWebhook,
  parseTextWebhook,
  parseVoiceWebhook,
  isFinal,
  textTwiml,
} from '../platform/telephony/index.ts'
import type { AnswerCallServices } from './answer-call.ts'
import { answerCall } from './answer-call.ts'
import { markAnswered, markEnded } from './follow-call.ts'
import { accountOfLine, goodbye, greetAndRing, promiseCallback } from './menu.ts'
import type { TakeTextServices } from './take-text.ts'
import { takeText } from './take-text.ts'

export interface VoiceRouteServices extends AnswerCallServices, TakeTextServices {
  readonly log: Logger
  readonly units: UnitStore
  /** The spoken sentences. */
  readonly spoken: (key: string) => string
  /** Address under which the exchange reaches us. */
  readonly publicUrl: string
}

/** Longest a webhook may take before the caller hears a sentence instead. Milliseconds. */
const HANDLER_MS = 3_000

/**
 * What the exchange asks: a ring, the end of a dial, reports, texts. They come twice, late and out of order.
 *
 * Whatever goes wrong becomes a spoken sentence and a promise to call back, never silence. Mounted behind the signature gate.
 */
export function voiceRoutes(services: VoiceRouteServices): Router {
  const router = express.Router()
  const { spoken, publicUrl, log } = services
  const urls = { dialled: `${publicUrl}/telephony/dialled`, legStatus: `${publicUrl}/telephony/leg` }

  const speaking =
    (handle: (req: Request) => Promise<string>) =>
    async (req: Request, res: Response): Promise<void> => {
      const document = await inTime(handle(req)).catch((error: unknown) => {
        log.error({ err: error, path: req.path }, 'a call could not be handled; the caller was promised a callback')
        return promiseCallback(spoken)
      })
      res.type('text/xml').send(document)
    }

  router.post(
    '/voice',
    speaking(async ({ body }) => {
      const { callSid, from, to } = parseVoiceWebhook(body)
      const { line, operators } = await answerCall(services, { callSid, from, to })
      const policy = await services.policies.at({ scope: line.county, at: services.clock.now() })
      const accounts = operators.map(({ account }) => account)
      return greetAndRing(spoken, accounts, policy.value('hotline.ring_s'), urls)
    }),
  )

  router.post(
    '/dialled',
    speaking(({ body }) => {
      const { dialStatus } = parseVoiceWebhook(body)
      const wasSpoken = dialStatus === 'completed' || dialStatus === 'answered'
      return Promise.resolve(wasSpoken ? goodbye(spoken) : promiseCallback(spoken))
    }),
  )

  router.post('/leg', async ({ body }, res) => {
    const { parentSid, to, status } = parseStatusWebhook(body)
    const isAnswered = status === 'in-progress' || status === 'completed'
    if (parentSid && isAnswered && to.startsWith('client:'))
      await onCall(services, parentSid, (county) => markAnswered(services, county, parentSid, accountOfLine(to)))
    res.status(204).end()
  })

  router.post('/status', async ({ body }, res) => {
    const { callSid, status } = parseStatusWebhook(body)
    if (isFinal(status)) await onCall(services, callSid, (county) => markEnded(services, county, callSid))
    res.status(204).end()
  })

  router.post('/text', async ({ body }, res) => {
    const { textSid, from, to, text } = parseTextWebhook(body)
    await takeText(services, { textSid, from, to, text })
    res.type('text/xml').send(textTwiml(spoken('hotline:spoken.textReceived')))
  })
  return router
}

/** Reports name the call only; its county is the one that has it. */
async function onCall(
  services: VoiceRouteServices,
  sid: string,
  work: (county: string) => Promise<void>,
): Promise<void> {
  for (const county of await services.units.counties()) if (await services.calls.find(county, sid)) return work(county)
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const limit = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${HANDLER_MS} ms`)), HANDLER_MS).unref()
  })
  return Promise.race([work, limit])
}
