import express from 'express'
import type { Router } from 'express'
import { z } from 'zod'
import { toDialable, WITHHELD } from '../dialable.ts'
import { betweenNumbers } from './between-numbers.ts'
import { sendText } from './deliver-text.ts'
import { notFound, RestError } from './rest-error.ts'
import { restPage } from './rest-page.ts'
import type { RestShapes } from './rest-shapes.ts'
import type { Switchboard } from './switchboard.ts'
import type { TextMessage } from './text-message.ts'

/** Longest text. Characters. Source: Twilio error 21617. */
const MAX_TEXT = 1_600

const text = z.string().optional()
const newText = z.object({ To: text, From: text, Body: text, StatusCallback: text })
const filter = z.object({
  To: text,
  From: text,
  'DateSent>': z.coerce.date().optional(),
  'DateSent<': z.coerce.date().optional(),
})

/** Text messages of the account: send, find, list. */
export function textsRestRouter(x: Switchboard, shapes: RestShapes): Router {
  const router = express.Router()

  router.post('/Messages.json', (request, response) => {
    const asked = newText.parse(request.body ?? {})
    const reports =
      asked.StatusCallback === undefined ? undefined : ({ url: asked.StatusCallback, method: 'POST' } as const)
    response.status(201).json(shapes.text(sendText(x, toText(x, asked), reports)))
  })

  router.get('/Messages.json', (request, response) => {
    const fits = wantedTexts(filter.parse(request.query))
    const texts = [...x.texts.all()].filter(fits).reverse()
    response.json(restPage('messages', request.originalUrl, texts, shapes.text))
  })

  router.get('/Messages/:sid.json', (request, response) => {
    const message = x.texts.get(request.params.sid)
    if (message === undefined) throw notFound(request.originalUrl)
    response.json(shapes.text(message))
  })

  return router
}

function toText(x: Switchboard, { To = '', From = '', Body = '' }: z.infer<typeof newText>) {
  const [from, to] = [toDialable(From), toDialable(To)]
  if (To.trim() === '') throw new RestError(400, 21604, "A 'To' phone number is required.")
  if (to === undefined || to === WITHHELD || to.startsWith('client:')) {
    throw new RestError(400, 21211, `Invalid 'To' Phone Number: ${To}`)
  }
  if (from === undefined || x.numbers.find(from) === undefined) {
    throw new RestError(400, 21606, `The 'From' phone number ${From} is not a valid, SMS-capable inbound phone number`)
  }
  if (Body.trim() === '') throw new RestError(400, 21602, 'Message body is required.')
  if (Array.from(Body).length > MAX_TEXT) throw new RestError(400, 21617, 'The message body exceeds 1600 characters.')
  return { from, to, body: Body }
}

function wantedTexts(wanted: z.infer<typeof filter>): (message: TextMessage) => boolean {
  const [after, before] = [wanted['DateSent>'], wanted['DateSent<']]
  const isBetween = betweenNumbers(wanted)
  return (message) =>
    isBetween(message) &&
    (after === undefined || message.createdAt >= after) &&
    (before === undefined || message.createdAt <= before)
}
