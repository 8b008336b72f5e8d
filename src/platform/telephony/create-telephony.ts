import twilio from 'twilio'
import { toDialable } from './dialable.ts'
import { toCallRecord, toTextRecord } from './exchange-records.ts'
import { createRequestClient, restOrigin } from './exchange-request-client.ts'
import { fetchAudio } from './fetch-audio.ts'
import { asking, CALL_OVER, isGone, TelephonyError } from './telephony-error.ts'
import type { CallRecord, ListCalls, PlaceCall, SendText, Telephony, TextRecord } from './telephony.ts'

export interface TelephonyConfig {
  readonly accountSid: string
  readonly authToken: string
  /** Our own number calls and texts come from when none is given. Any spelling; whoever always gives one needs none. */
  readonly number?: string
  /** The local exchange's address (`TELEPHONY=local`); without it Twilio's own. */
  readonly exchangeUrl?: string
  /** Longest wait for an answer of the exchange. Milliseconds; 10,000 by default. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000
const LIST_LIMIT = 1_000
const ALL_EVENTS = ['initiated', 'ringing', 'answered', 'completed']

/**
 * The telephony port on Twilio's REST, the same code for Twilio and for the local exchange.
 *
 * @throws TelephonyError from every method: `refused` or `unavailable`
 */
export function createTelephony(config: TelephonyConfig): Telephony {
  const timeoutMs = config.timeoutMs ?? TIMEOUT_MS
  const client = twilio(config.accountSid, config.authToken, {
    httpClient: createRequestClient(config.exchangeUrl, timeoutMs),
  })
  const fromNumber = (given: string | undefined): string => dialable(given ?? config.number ?? '')

  return {
    placeCall: (call) => asking(() => placeCall(client, fromNumber(call.from), call)),
    redirectCall: (sid, to) => asking(async () => toCallRecord(await client.calls(sid).update(to))),
    hangUp: (sid) => asking(() => hangUp(client, sid)),
    findCall: (sid) => found(() => asking(async () => toCallRecord(await client.calls(sid).fetch()))),
    listCalls: (wanted) => asking(() => listCalls(client, wanted)),
    sendText: (text) => asking(() => sendText(client, fromNumber(text.from), text)),
    listTexts: (wanted) => asking(() => listTexts(client, wanted)),
    fetchRecording: (sid) =>
      asking(() => fetchAudio({ ...config, origin: restOrigin(config.exchangeUrl), timeoutMs }, sid)),
    deleteRecording: async (sid) => {
      await found(() => asking(() => client.recordings(sid).remove()))
    },
  }
}

async function placeCall(client: twilio.Twilio, from: string, call: PlaceCall): Promise<CallRecord> {
  const { statusCallback, statusEvents = ALL_EVENTS } = call
  const placed = await client.calls.create({
    from,
    to: dialable(call.to),
    ...call.instructions,
    ...(call.fallbackUrl === undefined ? {} : { fallbackUrl: call.fallbackUrl }),
    ...(statusCallback === undefined ? {} : { statusCallback, statusCallbackEvent: [...statusEvents] }),
    ...(call.ringSeconds === undefined ? {} : { timeout: call.ringSeconds }),
  })
  return toCallRecord(placed)
}

async function hangUp(client: twilio.Twilio, sid: string): Promise<CallRecord> {
  try {
    return toCallRecord(await client.calls(sid).update({ status: 'completed' }))
  } catch (error) {
    if (!(error instanceof twilio.RestException) || error.code !== CALL_OVER) throw error
    return toCallRecord(await client.calls(sid).fetch())
  }
}

async function listCalls(client: twilio.Twilio, wanted: ListCalls): Promise<CallRecord[]> {
  const { since, until, to, status, limit = LIST_LIMIT } = wanted
  const calls = await client.calls.list({
    startTimeAfter: since,
    ...(until === undefined ? {} : { startTimeBefore: until }),
    ...(to === undefined ? {} : { to: dialable(to) }),
    ...(status === undefined || status === 'initiated' ? {} : { status }),
    limit,
    pageSize: Math.min(limit, LIST_LIMIT),
  })
  return calls.map(toCallRecord)
}

async function sendText(client: twilio.Twilio, from: string, text: SendText): Promise<TextRecord> {
  const to = dialable(text.to)
  const statusCallback = text.statusCallback === undefined ? undefined : withKey(text.statusCallback, text.key)
  const sent = await client.messages.create({
    to,
    from,
    body: text.text,
    ...(statusCallback === undefined ? {} : { statusCallback }),
  })
  return toTextRecord(sent)
}

async function listTexts(client: twilio.Twilio, wanted: { since: Date; to?: string; limit?: number }) {
  const { since, to, limit = LIST_LIMIT } = wanted
  const texts = await client.messages.list({
    dateSentAfter: since,
    ...(to === undefined ? {} : { to: dialable(to) }),
    limit,
  })
  return texts.map(toTextRecord)
}

function withKey(statusCallback: string, key: string): string {
  const url = new URL(statusCallback)
  url.searchParams.set('key', key)
  return url.href
}

async function found<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request()
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

/** Twilio error 21211, "Invalid 'To' phone number", given before anything is sent. */
const WRONG_NUMBER = 21211

function dialable(spelling: string): string {
  const number = toDialable(spelling)
  if (number === undefined || number === 'anonymous') {
    throw new TelephonyError('refused', WRONG_NUMBER, 'Not a number that can be dialled')
  }
  return number
}
