import { toDialable } from '../../dialable.ts'
import { createBridge } from '../bridge.ts'
import { connectedSeconds } from '../call-facts.ts'
import { resolve } from '../fetch-document.ts'
import { Interrupted, interrupted, wait } from '../interruption.ts'
import { keepRecording } from '../keep-recording.ts'
import { answer, endLeg, hungUpStatus, openLeg } from '../leg-progress.ts'
import type { Leg, RingResult } from '../leg.ts'
import { ring } from '../ring.ts'
import type { Scene } from '../scene.ts'
import type { Dial, DialTarget } from '../verb.ts'
import type { Params } from '../voice-params.ts'

interface Called {
  readonly leg: Leg
  readonly target: DialTarget
}

/**
 * Rings all targets at once and connects the first who answers.
 *
 * @param outcome - what the `action` will be told; kept up to date, because the call may end at any moment
 * @throws Interrupted
 */
export async function dialPhones(scene: Scene, verb: Dial, outcome: Params): Promise<void> {
  const called = verb.targets.flatMap((target) => openChild(scene, verb, target) ?? [])
  try {
    const { winner, status } = await firstToAnswer(scene, verb, called)
    outcome['DialCallStatus'] = status
    if (winner === undefined) return
    outcome['DialCallSid'] = winner.leg.facts.sid
    if (await whisper(scene, winner)) await talk(scene, verb, winner.leg, outcome)
    else outcome['DialCallStatus'] = 'no-answer'
  } finally {
    for (const { leg } of called) leaveChild(scene, leg)
  }
}

function openChild({ x, leg, source }: Scene, verb: Dial, target: DialTarget): Called | undefined {
  const to = toDialable(target.to)
  if (to === undefined) return undefined
  const manner = x.phones.get(to).manner
  const child = openLeg(x, {
    direction: 'outbound-dial',
    parentSid: leg.facts.sid,
    from: toDialable(verb.callerId ?? leg.facts.from) ?? leg.facts.from,
    to,
    say: manner.says,
    press: Array.from(manner.presses),
    ...(target.reports === undefined
      ? {}
      : { reports: { ...resolve(source, leg, target.reports), events: target.reports.events } }),
  })
  return { leg: child, target }
}

/** Rings everybody; when one answers the others stop ringing. */
async function firstToAnswer(scene: Scene, verb: Dial, called: readonly Called[]) {
  const { x, signal } = scene
  const others = new AbortController()
  const ringing = { seconds: verb.timeoutSeconds, signal: AbortSignal.any([signal, others.signal]), heardBy: scene.leg }
  const results: RingResult[] = []
  let winner: Called | undefined
  const attempts = called.map(async (one) => {
    const result = await ringUnlessStopped(scene, one.leg, ringing)
    if (result === undefined) return
    results.push(result)
    if (result !== 'answered') {
      endLeg(x, one.leg, result)
    } else if (winner === undefined) {
      winner = one
      others.abort(interrupted.enough)
    }
  })
  await Promise.all(attempts)
  const status = winner === undefined ? summary(results) : 'completed'
  return { winner, status }
}

async function ringUnlessStopped({ x, signal }: Scene, leg: Leg, ringing: Parameters<typeof ring>[2]) {
  try {
    return await ring(x, leg, ringing)
  } catch (error) {
    if (signal.aborted || !(error instanceof Interrupted)) throw error
    endLeg(x, leg, 'canceled')
    return undefined
  }
}

/** What is told when nobody answered: the most telling of what happened. */
function summary(results: readonly RingResult[]): string {
  return (['busy', 'no-answer', 'failed'] as const).find((result) => results.includes(result)) ?? 'failed'
}

/** The one who answered hears a document of his own first; hanging up there refuses the call. */
async function whisper({ x, leg: parent, source, signal }: Scene, { leg, target }: Called): Promise<boolean> {
  if (target.whisper === undefined) return true
  const listening = AbortSignal.any([signal, leg.life.signal])
  try {
    return (await x.follow(leg, { address: resolve(source, parent, target.whisper) }, listening)) === 'finished'
  } catch (error) {
    if (signal.aborted || !(error instanceof Interrupted)) throw error
    return false
  }
}

/** Connects both until one leaves, the time is over, or the callee gets other instructions. */
async function talk(scene: Scene, verb: Dial, child: Leg, outcome: Params): Promise<void> {
  const { x, leg, signal } = scene
  answer(x, leg)
  const startedAt = x.clock.now()
  const bridge = createBridge(x)
  child.course = new AbortController()
  const childStays = bridge.join(child, AbortSignal.any([child.life.signal, child.course.signal]))
  childStays.catch(() => undefined)
  const limit = new AbortController()
  const limited = wait(verb.timeLimitSeconds * x.secondMs, AbortSignal.any([signal, limit.signal]))
  limited.then(
    () => bridge.close(),
    () => undefined,
  )
  try {
    await bridge.join(leg, signal, verb.hangupOnStar ? '*' : undefined)
  } finally {
    limit.abort(interrupted.enough)
    const seconds = connectedSeconds({ ...child.facts, answeredAt: startedAt, endedAt: x.clock.now() })
    outcome['DialCallDuration'] = String(seconds)
    outcome['DialBridged'] = 'true'
    if (verb.record)
      Object.assign(outcome, keepRecording(scene, Math.max(seconds, 1), verb.recordingReports, 'DialVerb'))
  }
}

/** A callee who was given other instructions follows them; any other is hung up. */
function leaveChild({ x }: Scene, child: Leg): void {
  const { pending } = child
  child.course = undefined
  if (pending === undefined) {
    endLeg(x, child, child.facts.answeredAt === undefined ? 'canceled' : hungUpStatus(child))
    return
  }
  child.pending = undefined
  void x.conduct(child, pending)
}
