import type { z } from 'zod'
import { isFinal } from '../call-status.ts'
import { toDialable } from '../dialable.ts'
import type { CallFacts } from './call-facts.ts'
import type { CallView, controlRequests, PhoneView } from './control-shapes.ts'
import { speak } from './hearing.ts'
import { endLeg, hungUpStatus } from './leg-progress.ts'
import type { Leg } from './leg.ts'
import type { OwnNumber } from './own-number.ts'
import type { Phone } from './phone.ts'
import { openInbound, pickUp } from './ring.ts'
import type { Switchboard } from './switchboard.ts'

/** What is asked cannot be done now; `status` is the HTTP status. */
export class ControlRefusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ControlRefusal'
    this.status = status
    this.code = code
  }
}

const SHOWN_CALLS = 100

/** Somebody calls one of the product's numbers. */
export function callIn(x: Switchboard, asked: z.infer<typeof controlRequests.call>): Leg {
  if (x.live.size >= x.maxLegs) throw new ControlRefusal(429, 'busy', 'Too many calls in progress')
  const { from, to, say, press, hangUpAfterSeconds } = asked
  const leg = openInbound(x, {
    from: numberOf(from),
    own: ownNumber(x, to),
    ...(say === undefined ? {} : { say: [say].flat() }),
    ...(press === undefined ? {} : { press: Array.from(press) }),
  })
  if (hangUpAfterSeconds !== undefined) {
    setTimeout(() => hangUp(x, leg), hangUpAfterSeconds * 1_000).unref()
  }
  return leg
}

/** The person at the far end of a leg hangs up. */
export function hangUp(x: Switchboard, leg: Leg): void {
  endLeg(x, leg, hungUpStatus(leg))
}

/** The line breaks; `silently` also without any report to the product. */
export function dropLine(x: Switchboard, leg: Leg, silently: boolean): void {
  if (silently && leg.reports !== undefined) x.faults.add(lostReport(leg.reports.url))
  hangUp(x, leg)
}

function lostReport(url: string) {
  return { what: 'lost', of: 'status', at: url, count: 1, ms: 0, atOnce: false } as const
}

/** Says something or presses keys. */
export function act(x: Switchboard, leg: Leg, input: { readonly text: string } | { readonly keys: string }): void {
  if (isFinal(leg.facts.status)) throw new ControlRefusal(409, 'call_over', 'The call is over')
  if ('text' in input) speak(x, leg, { kind: 'speech', text: input.text })
  else for (const key of input.keys) speak(x, leg, { kind: 'key', key })
}

/** The owner of a phone answers the call that has rung longest, or the one named. */
export function answerPhone(phone: Phone, sid: string | undefined): Leg {
  const leg = ringingLeg(phone, sid)
  if (!pickUp(phone, leg)) throw new ControlRefusal(409, 'already_talking', `${phone.id} is on another call`)
  return leg
}

/** The owner of a phone refuses a call. */
export function declinePhone(phone: Phone, sid: string | undefined): Leg {
  const leg = ringingLeg(phone, sid)
  leg.ringing.resolve('busy')
  return leg
}

/** The conversation of a phone. */
export function talkingLeg({ id, talking }: Phone): Leg {
  if (talking === undefined) throw new ControlRefusal(409, 'not_talking', `${id} is not on a call`)
  return talking
}

function ringingLeg({ id, ringing }: Phone, sid: string | undefined): Leg {
  const leg = sid === undefined ? ringing[0] : ringing.find((one) => one.facts.sid === sid)
  if (leg === undefined) throw new ControlRefusal(409, 'not_ringing', `${id} is not ringing`)
  return leg
}

/** The leg of this id, if it is still remembered. */
export function findLeg(x: Switchboard, sid: string): Leg {
  const leg = x.legs.get(sid)
  if (leg === undefined) throw new ControlRefusal(404, 'no_call', `No call ${sid}`)
  return leg
}

/** A phone by its number in any spelling, or `client:O1`. */
export function findPhone(x: Switchboard, id: string): Phone {
  return x.phones.get(numberOf(id))
}

/** The product's number in any spelling. */
export function ownNumber(x: Switchboard, spelling: string): OwnNumber {
  const own = x.numbers.find(numberOf(spelling))
  if (own === undefined) throw new ControlRefusal(404, 'no_number', `${spelling} is not a number of the product`)
  return own
}

/** A number in the one spelling. */
export function numberOf(spelling: string): string {
  const number = toDialable(spelling)
  if (number === undefined) throw new ControlRefusal(400, 'bad_number', `${spelling} is no number`)
  return number
}

/** A call with everything that was heard, said and pressed. */
export function viewCall(x: Switchboard, leg: Leg): CallView {
  const version = x.changes.version(leg.facts.sid)
  return { ...leg.facts, version, transcript: [...leg.transcript], warnings: [...leg.warnings] }
}

/** A phone with its calls and texts. */
export function viewPhone(x: Switchboard, phone: Phone): PhoneView {
  const { id, manner, ringing, talking } = phone
  const isOurs = ({ from, to }: { from: string; to: string }) => from === id || to === id
  return {
    id,
    version: x.changes.version(id),
    manner,
    ringing: ringing.map((leg) => leg.facts),
    ...(talking === undefined ? {} : { talking: viewCall(x, talking) }),
    calls: newest(x.callLog.all(), isOurs),
    texts: newest(x.texts.all(), isOurs),
  }
}

/** Calls in progress, newest first. */
export function viewLive(x: Switchboard): CallFacts[] {
  return newest(
    Array.from(x.live, (leg) => leg.facts),
    () => true,
    x.maxLegs,
  )
}

function newest<T>(all: Iterable<T>, fits: (item: T) => boolean, limit = SHOWN_CALLS): T[] {
  return [...all].filter(fits).slice(-limit).reverse()
}
