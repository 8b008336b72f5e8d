import { isFinal } from '../call-status.ts'
import { Interrupted, interrupted } from './interruption.ts'
import { endLeg, openLeg } from './leg-progress.ts'
import type { Course, Leg } from './leg.ts'
import { ring } from './ring.ts'
import type { Switchboard } from './switchboard.ts'
import type { Address, StatusReports } from './verb.ts'

export interface OutboundCall {
  readonly from: string
  readonly to: string
  readonly course: Course
  readonly fallback?: Address
  readonly reports?: StatusReports
  readonly ringSeconds: number
}

/** Calls somebody for the product, after the product was told so; once answered the call follows the instructions. */
export function placeOutbound(x: Switchboard, call: OutboundCall): Leg {
  const { from, to, course, fallback, reports } = call
  const manner = x.phones.get(to).manner
  const home = 'address' in course ? course.address.url : x.numbers.find(from)?.voiceUrl
  const leg = openLeg(x, {
    direction: 'outbound-api',
    from,
    to,
    say: manner.says,
    press: Array.from(manner.presses),
    ...(home === undefined ? {} : { home }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(reports === undefined ? {} : { reports }),
  })
  setImmediate(() => void ringAndConduct(x, leg, call))
  return leg
}

async function ringAndConduct(x: Switchboard, leg: Leg, { course, ringSeconds }: OutboundCall): Promise<void> {
  try {
    const result = await ring(x, leg, { seconds: ringSeconds, signal: leg.life.signal })
    if (result === 'answered') await x.conduct(leg, course)
    else endLeg(x, leg, result)
  } catch (error) {
    if (error instanceof Interrupted) return
    x.log.error({ callSid: leg.facts.sid, err: error }, 'A call broke inside the exchange')
    endLeg(x, leg, 'failed')
  }
}

/**
 * Gives a call other instructions at once.
 *
 * @returns false when the call is not in progress
 */
export function redirectLeg(leg: Leg, course: Course): boolean {
  if (isFinal(leg.facts.status) || leg.course === undefined) return false
  leg.pending = course
  leg.course.abort(interrupted.redirected)
  return true
}
