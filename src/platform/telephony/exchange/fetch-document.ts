import type { Course, Leg } from './leg.ts'
import type { Switchboard } from './switchboard.ts'
import { readTwiml, TwimlError } from './twiml-document.ts'
import type { Address, TwimlDocument } from './verb.ts'
import { queueParams, voiceParams } from './voice-params.ts'
import type { QueueEntry } from './waiting-queues.ts'
import { WebhookError } from './webhook-request.ts'

export interface FetchedDocument {
  readonly document: TwimlDocument
  /** Where it came from; undefined when it was given as it is. */
  readonly source: Address | undefined
}

/** Content types taken for documents. Source: Twilio, "TwiML MIME types". */
const DOCUMENT_TYPE = /^\s*(text|application)\/(xml|html)\b/i

/**
 * Asks for the instructions of a course and reads them.
 *
 * @throws WebhookError, TwimlError
 */
export async function fetchDocument(
  x: Switchboard,
  leg: Leg,
  course: Course,
  queued: QueueEntry | undefined,
): Promise<FetchedDocument> {
  const fetched =
    'twiml' in course
      ? { document: readTwiml(course.twiml), source: undefined }
      : { document: await ask(x, leg, course, queued), source: course.address }
  for (const warning of fetched.document.warnings) {
    leg.warnings.push(warning)
    x.log.warn({ callSid: leg.facts.sid, warning }, 'Odd document')
  }
  return fetched
}

async function ask(
  x: Switchboard,
  leg: Leg,
  { address, tell }: Extract<Course, { address: Address }>,
  queued: QueueEntry | undefined,
): Promise<TwimlDocument> {
  const params = { ...voiceParams(x, leg), ...(queued === undefined ? {} : queueParams(x, queued)), ...tell }
  const answer = await x.webhooks.send({ kind: 'voice', address, params })
  if (!DOCUMENT_TYPE.test(answer.contentType)) {
    throw new WebhookError(12300, `${address.url} answered ${answer.contentType || 'without a content type'}`)
  }
  return readTwiml(answer.body)
}

/**
 * An address in a document, which may be relative to where the document came from.
 *
 * @throws TwimlError
 */
export function resolve(source: Address | undefined, leg: Leg, address: Address): Address {
  const base = source?.url ?? leg.home
  if (!URL.canParse(address.url, base)) throw new TwimlError(11100, `${address.url} is no address`)
  return { url: new URL(address.url, base).href, method: address.method }
}
