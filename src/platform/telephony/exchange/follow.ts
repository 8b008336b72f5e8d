import { isFinal } from '../call-status.ts'
import { fetchDocument } from './fetch-document.ts'
import { Interrupted, unlessInterrupted } from './interruption.ts'
import { endLeg, hungUpStatus, markUnfinished } from './leg-progress.ts'
import type { Course, Leg } from './leg.ts'
import { perform } from './perform.ts'
import { createRescue } from './rescue.ts'
import type { Ending, Switchboard } from './switchboard.ts'
import { TwimlError } from './twiml-document.ts'
import type { QueueEntry } from './waiting-queues.ts'
import { WebhookError } from './webhook-request.ts'

/** Documents followed within ten seconds before the exchange takes them for a circle. */
const MAX_DOCUMENTS = 100
const CIRCLE_MS = 10_000

/**
 * Follows documents from one to the next until one ends the call or simply ends.
 *
 * Instructions that cannot be had or read are asked for at the fallback address; when that fails too the caller hears the
 * exchange's own sentence and the call is marked as unfinished. A callee's own document that fails is passed over.
 *
 * @throws Interrupted
 */
export async function follow(
  x: Switchboard,
  leg: Leg,
  first: Course,
  signal: AbortSignal,
  queued?: QueueEntry,
): Promise<Ending> {
  const rescue = createRescue(x, leg)
  const times: number[] = []
  for (let course: Course = first; ;) {
    try {
      refuseCircle(times)
      const { document, source } = await unlessInterrupted(fetchDocument(x, leg, course, queued), signal)
      const next = await perform({ x, leg, signal, source, queued }, document.verbs)
      if (typeof next === 'string') return next
      course = next
    } catch (error) {
      if (!(error instanceof WebhookError || error instanceof TwimlError)) throw error
      signal.throwIfAborted()
      if (leg.facts.direction === 'outbound-dial') return 'finished'
      times.length = 0
      const other = rescue(course, error)
      if (other === undefined) return 'hangup'
      course = other
    }
  }
}

/** Lets a leg follow instructions, and those that take over, until it ends. */
export async function conduct(x: Switchboard, leg: Leg, first: Course): Promise<void> {
  try {
    for (let course: Course | undefined = first; course !== undefined && !isFinal(leg.facts.status);) {
      course = await followOnce(x, leg, course)
    }
    endLeg(x, leg, leg.facts.answeredAt === undefined ? hungUpStatus(leg) : 'completed')
  } catch (error) {
    x.log.error({ callSid: leg.facts.sid, err: error }, 'A call broke inside the exchange')
    markUnfinished(x, leg, 'the exchange broke')
    endLeg(x, leg, 'failed')
  }
}

async function followOnce(x: Switchboard, leg: Leg, course: Course): Promise<Course | undefined> {
  leg.course = new AbortController()
  try {
    await follow(x, leg, course, AbortSignal.any([leg.life.signal, leg.course.signal]))
    return undefined
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    const { pending } = leg
    leg.pending = undefined
    return pending
  } finally {
    leg.course = undefined
  }
}

function refuseCircle(times: number[]): void {
  const now = performance.now()
  times.push(now)
  if (times.length <= MAX_DOCUMENTS) return
  const before = times.shift() ?? now
  if (now - before < CIRCLE_MS) throw new TwimlError(12100, 'The documents lead in a circle')
}
