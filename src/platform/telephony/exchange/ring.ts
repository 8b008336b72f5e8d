import { hear, note } from './hearing.ts'
import { within } from './interruption.ts'
import { advance, answer, openLeg } from './leg-progress.ts'
import type { Leg, RingResult } from './leg.ts'
import type { OwnNumber } from './own-number.ts'
import type { Phone } from './phone.ts'
import type { Switchboard } from './switchboard.ts'

export interface Ringing {
  /** Longest ringing. Seconds. */
  readonly seconds: number
  readonly signal: AbortSignal
  /** Who hears the ringing, if anybody. */
  readonly heardBy?: Leg
}

/**
 * Rings the person at the far end of an outbound leg until somebody answers, refuses, or the time is over. The leg goes on
 * when it is answered; ending it otherwise is up to the caller.
 *
 * @throws Interrupted
 */
export async function ring(x: Switchboard, leg: Leg, { seconds, signal, heardBy }: Ringing): Promise<RingResult> {
  const live = AbortSignal.any([signal, leg.life.signal])
  live.throwIfAborted()
  advance(x, leg, 'initiated')
  const own = x.numbers.find(leg.facts.to)
  if (own === undefined) ringPhone(x, leg)
  else ringOwnNumber(x, leg, own)
  advance(x, leg, 'ringing')
  if (heardBy !== undefined) note(x, heardBy, `ringing ${leg.facts.to}`)
  const result = await within(leg.ringing.promise, seconds * x.secondMs, live, heardBy?.skips ?? leg.skips)
  if (result === 'answered') answered(x, leg)
  return result ?? 'no-answer'
}

/** Somebody's phone rings, or does what its owner set it to. */
function ringPhone(x: Switchboard, leg: Leg): void {
  const phone = x.phones.get(leg.facts.to)
  const { mode, answerAfterMs } = phone.manner
  if (mode === 'unreachable') {
    leg.ringing.resolve('failed')
    return
  }
  if (mode === 'busy' || mode === 'decline' || phone.talking !== undefined) {
    leg.ringing.resolve('busy')
    return
  }
  leg.phone = phone
  phone.ringing.push(leg)
  x.changes.touch(phone.id)
  if (mode === 'answer') setTimeout(() => pickUp(phone, leg), answerAfterMs).unref()
}

/** Answers a ringing call; a phone has only one conversation at a time. Tells whether it was answered. */
export function pickUp(phone: Phone, leg: Leg): boolean {
  if (phone.talking !== undefined || !phone.ringing.includes(leg)) return false
  phone.talking = leg
  leg.ringing.resolve('answered')
  return true
}

function answered(x: Switchboard, leg: Leg): void {
  const { phone } = leg
  if (phone !== undefined) {
    phone.ringing = phone.ringing.filter((ringing) => ringing !== leg)
    phone.talking = leg
    x.changes.touch(phone.id)
  }
  answer(x, leg)
}

/** One of the product's own numbers is called: the call comes back as an inbound one, both sides hear each other. */
function ringOwnNumber(x: Switchboard, leg: Leg, own: OwnNumber): void {
  const inbound = openInbound(x, { from: leg.facts.from, own })
  inbound.mirror = leg
  leg.mirror = inbound
  void inbound.ended.promise.then(() => leg.ringing.resolve('no-answer'))
}

export interface InboundCall {
  readonly from: string
  readonly own: OwnNumber
  readonly say?: readonly string[]
  readonly press?: readonly string[]
}

/** A call comes in at one of the product's numbers, which says what to do. */
export function openInbound(x: Switchboard, { from, own, say, press }: InboundCall): Leg {
  const { voiceUrl, voiceFallbackUrl, statusCallback } = own
  const leg = openLeg(x, {
    direction: 'inbound',
    from,
    to: own.number,
    ...(say === undefined ? {} : { say }),
    ...(press === undefined ? {} : { press }),
    ...(voiceUrl === undefined ? {} : { home: voiceUrl }),
    ...(voiceFallbackUrl === undefined ? {} : { fallback: { url: voiceFallbackUrl, method: 'POST' } }),
    ...(statusCallback === undefined
      ? {}
      : { reports: { url: statusCallback, method: 'POST', events: ['completed'] } }),
  })
  if (voiceUrl === undefined) hear(x, leg, 'This number is not in service')
  void x.conduct(
    leg,
    voiceUrl === undefined
      ? { twiml: '<Response><Reject/></Response>' }
      : { address: { url: voiceUrl, method: 'POST' } },
  )
  return leg
}
