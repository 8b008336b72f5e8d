import { newSid } from './sid.ts'
import type { Switchboard } from './switchboard.ts'
import type { TextMessage } from './text-message.ts'
import { textReplies } from './text-replies.ts'
import type { Address } from './verb.ts'
import type { Params } from './voice-params.ts'
import { asParty } from './voice-params.ts'

/** Twilio error 30003, "Unreachable destination handset". */
const UNREACHABLE = 30003

export interface NewText {
  readonly from: string
  readonly to: string
  readonly body: string
}

/** Takes a text of the product and delivers it to somebody's phone; each step is reported. */
export function sendText(x: Switchboard, text: NewText, reports?: Address, reply = false): TextMessage {
  const queued = keep(x, text, reply ? 'outbound-reply' : 'outbound-api', 'queued')
  void deliver(x, queued, reports)
  return queued
}

async function deliver(x: Switchboard, text: TextMessage, reports: Address | undefined): Promise<void> {
  const reachable = x.phones.get(text.to).manner.mode !== 'unreachable'
  await advance(x, text, { status: 'sent' }, reports)
  const outcome = reachable
    ? { status: 'delivered' as const }
    : { status: 'undelivered' as const, errorCode: UNREACHABLE }
  await advance(x, text, outcome, reports)
}

async function advance(
  x: Switchboard,
  text: TextMessage,
  outcome: Pick<TextMessage, 'status' | 'errorCode'>,
  reports: Address | undefined,
): Promise<void> {
  const advanced = { ...text, ...outcome, updatedAt: x.clock.now() }
  x.texts.put(advanced)
  x.changes.touch(text.to)
  if (reports === undefined) return
  const { errorCode } = outcome
  const params = {
    ...textParams(x, advanced),
    MessageStatus: advanced.status,
    ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
  }
  await x.webhooks.send({ kind: 'text_status', address: reports, params }).catch((error: unknown) => {
    x.log.warn({ textSid: text.sid, error: String(error) }, 'Delivery report did not arrive')
  })
}

/** Somebody texts one of the product's numbers; what its answer says is texted back. */
export async function receiveText(x: Switchboard, text: NewText): Promise<TextMessage> {
  const received = keep(x, text, 'inbound', 'received')
  const own = x.numbers.find(text.to)
  const addresses = [own?.smsUrl, own?.smsFallbackUrl].filter((url) => url !== undefined)
  const problems: string[] = []
  for (const url of addresses) {
    try {
      const params = { ...textParams(x, received), Body: text.body, NumMedia: '0', NumSegments: segments(text.body) }
      const answer = await x.webhooks.send({ kind: 'text', address: { url, method: 'POST' }, params })
      for (const body of textReplies(answer.body)) sendText(x, { from: text.to, to: text.from, body }, undefined, true)
      return received
    } catch (error) {
      problems.push(String(error))
    }
  }
  const unfinished = { ...received, unfinished: problems.join('; ') || 'no address for texts' }
  x.texts.put(unfinished)
  x.log.warn({ textSid: received.sid, problems }, 'Text not taken by the product')
  return unfinished
}

function keep(x: Switchboard, text: NewText, direction: TextMessage['direction'], status: TextMessage['status']) {
  const now = x.clock.now()
  const kept: TextMessage = { sid: newSid('SM'), ...text, direction, status, createdAt: now, updatedAt: now }
  x.texts.put(kept)
  x.changes.touch(text.to)
  x.changes.touch(text.from)
  return kept
}

function textParams(x: Switchboard, text: TextMessage): Params {
  return {
    AccountSid: x.accountSid,
    ApiVersion: '2010-04-01',
    MessageSid: text.sid,
    SmsSid: text.sid,
    SmsMessageSid: text.sid,
    SmsStatus: text.status,
    From: asParty(text.from),
    To: asParty(text.to),
  }
}

/** Parts in which a text travels: 70 characters alone, 67 each when there are more (UCS-2). */
function segments(body: string): string {
  return String(body.length <= 70 ? 1 : Math.ceil(body.length / 67))
}
