import { isFinal } from '../call-status.ts'
import { fetchDocument, resolve } from './fetch-document.ts'
import { note } from './hearing.ts'
import { Interrupted } from './interruption.ts'
import { answer, endLeg, hungUpStatus, markUnfinished } from './leg-progress.ts'
import type { Course, Leg } from './leg.ts'
import type { Next, Scene } from './scene.ts'
import type { Ending, Switchboard } from './switchboard.ts'
import { TwimlError } from './twiml-document.ts'
import type { Verb } from './verb.ts'
import { dial } from './verbs/dial.ts'
import { enqueue } from './verbs/enqueue.ts'
import { gather } from './verbs/gather.ts'
import { prompt } from './verbs/prompts.ts'
import { recordMessage } from './verbs/record-message.ts'
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
      const { document, source } = await fetchDocument(x, leg, course, queued)
      signal.throwIfAborted()
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

async function perform(scene: Scene, verbs: readonly Verb[]): Promise<Exclude<Next, 'next'> | 'finished'> {
  for (const verb of verbs) {
    scene.signal.throwIfAborted()
    const next = await performOne(scene, verb)
    if (next !== 'next') return next
  }
  return 'finished'
}

async function performOne(scene: Scene, verb: Verb): Promise<Next> {
  const { x, leg, source } = scene
  switch (verb.verb) {
    case 'Say':
    case 'Play':
      answer(x, leg)
      await prompt(scene, verb)
      return 'next'
    case 'Pause':
      await prompt(scene, verb)
      return 'next'
    case 'Gather':
      return gather(scene, verb)
    case 'Dial':
      return dial(scene, verb)
    case 'Enqueue':
      return enqueue(scene, verb)
    case 'Record':
      return recordMessage(scene, verb)
    case 'Redirect':
      return { address: resolve(source, leg, verb) }
    case 'Leave':
      return scene.queued === undefined ? 'next' : 'left'
    case 'Hangup':
      return 'hangup'
    case 'Reject':
      note(x, leg, `rejected: ${verb.reason}`)
      endLeg(x, leg, verb.reason === 'busy' ? 'busy' : 'no-answer')
      return 'hangup'
  }
}

/** Where to go when instructions fail: the fallback address first, then the exchange's own sentence, then nowhere. */
function createRescue(x: Switchboard, leg: Leg) {
  const left = [leg.fallback === undefined ? undefined : 'fallback', 'sentence'].filter((step) => step !== undefined)
  return (failed: Course, error: WebhookError | TwimlError): Course | undefined => {
    const url = 'address' in failed ? failed.address.url : ''
    x.log.warn({ callSid: leg.facts.sid, url, code: error.code, error: error.message }, 'Instructions failed')
    note(x, leg, `error ${error.code}: ${error.message}`)
    const step = left.shift()
    if (step === 'fallback' && leg.fallback !== undefined) {
      return { address: leg.fallback, tell: { ErrorCode: String(error.code), ErrorUrl: url } }
    }
    markUnfinished(x, leg, `error ${error.code}`)
    return step === undefined ? undefined : { twiml: x.fallbackTwiml }
  }
}

function refuseCircle(times: number[]): void {
  const now = performance.now()
  times.push(now)
  if (times.length <= MAX_DOCUMENTS) return
  const before = times.shift() ?? now
  if (now - before < CIRCLE_MS) throw new TwimlError(12100, 'The documents lead in a circle')
}
