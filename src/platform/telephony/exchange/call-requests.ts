import { z } from 'zod'
import { toDialable, WITHHELD } from '../dialable.ts'
import type { Course } from './leg.ts'
import type { OutboundCall } from './place-call.ts'
import { RestError } from './rest-error.ts'
import type { Switchboard } from './switchboard.ts'
import { readTwiml, TwimlError } from './twiml-document.ts'
import type { Address } from './verb.ts'

const text = z.string().optional()
/** A call as our client asks for it. Source: Twilio's OpenAPI, CreateCall. */
export const newCall = z.object({
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
/** A change of a call. Source: Twilio's OpenAPI, UpdateCall. */
export const changedCall = z.object({ Url: text, Method: text, Twiml: text, Status: text })

/**
 * The call that is asked for.
 *
 * @throws RestError with Twilio's code for what is wrong
 */
export function toOutbound(x: Switchboard, asked: z.infer<typeof newCall>): OutboundCall {
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

/**
 * The instructions that are given: a document, or an address of one.
 *
 * @throws RestError
 */
export function courseOf({
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
