import { isFinal } from '../call-status.ts'
import type { CallStatus, FinalCallStatus } from '../call-status.ts'
import { note } from './hearing.ts'
import { interrupted } from './interruption.ts'
import { createLeg } from './leg.ts'
import type { Leg, NewLeg } from './leg.ts'
import { report } from './status-reports.ts'
import type { Switchboard } from './switchboard.ts'

/** Ended legs whose transcript is kept. */
const KEPT_LEGS = 2_000

/** Puts a new leg on the switchboard and into the call log. */
export function openLeg(x: Switchboard, wanted: Omit<NewLeg, 'createdAt'>): Leg {
  const leg = createLeg({ ...wanted, createdAt: x.clock.now() })
  x.legs.set(leg.facts.sid, leg)
  x.live.add(leg)
  forgetOldest(x)
  keep(x, leg)
  return leg
}

/** A leg rings or is dialled. */
export function advance(x: Switchboard, leg: Leg, status: Extract<CallStatus, 'initiated' | 'ringing'>): void {
  if (isFinal(leg.facts.status)) return
  leg.facts.status = status
  keep(x, leg)
  report(x, leg, status)
}

/** A leg is answered, by the person called or by our document. */
export function answer(x: Switchboard, leg: Leg): void {
  if (leg.facts.answeredAt !== undefined || isFinal(leg.facts.status)) return
  leg.facts.status = 'in-progress'
  leg.facts.answeredAt = x.clock.now()
  keep(x, leg)
  report(x, leg, 'answered')
  leg.mirror?.ringing.resolve('answered')
}

/** A leg is over: whatever it did stops, its phone is free, the last report goes out. Only the first end counts. */
export function endLeg(x: Switchboard, leg: Leg, status: FinalCallStatus): void {
  if (isFinal(leg.facts.status)) return
  leg.facts.status = status
  leg.facts.endedAt = x.clock.now()
  x.live.delete(leg)
  note(x, leg, `ended: ${status}`)
  freePhone(x, leg)
  keep(x, leg)
  leg.life.abort(interrupted.ended)
  leg.ended.resolve(undefined)
  leg.ringing.resolve('failed')
  report(x, leg, 'completed')
  endMirror(x, leg)
}

/** Notes why the product's instructions could not be followed, so that the call log shows whom to call back. */
export function markUnfinished(x: Switchboard, leg: Leg, why: string): void {
  leg.facts.unfinished = why
  keep(x, leg)
  x.log.warn({ callSid: leg.facts.sid, why }, 'Call not finished by the product')
}

/** How a leg ends whose other side hung up. */
export function hungUpStatus({ facts }: Leg): FinalCallStatus {
  return facts.answeredAt === undefined ? 'no-answer' : 'completed'
}

function freePhone(x: Switchboard, leg: Leg): void {
  const { phone } = leg
  if (phone === undefined) return
  phone.ringing = phone.ringing.filter((ringing) => ringing !== leg)
  if (phone.talking === leg) phone.talking = undefined
  x.changes.touch(phone.id)
}

function endMirror(x: Switchboard, { mirror, facts }: Leg): void {
  if (mirror === undefined) return
  mirror.ringing.resolve(facts.status === 'busy' ? 'busy' : 'no-answer')
  if (mirror.facts.answeredAt !== undefined || mirror.facts.direction === 'inbound') {
    endLeg(x, mirror, hungUpStatus(mirror))
  }
}

function keep(x: Switchboard, leg: Leg): void {
  x.callLog.put(leg.facts)
  x.changes.touch(leg.facts.sid)
  x.changes.touch('calls')
}

function forgetOldest(x: Switchboard): void {
  if (x.legs.size <= KEPT_LEGS + x.maxLegs) return
  for (const [sid, leg] of x.legs) {
    if (x.legs.size <= KEPT_LEGS) return
    if (!isFinal(leg.facts.status)) continue
    x.legs.delete(sid)
    x.changes.forget(sid)
  }
}
