import { resolve } from '../fetch-document.ts'
import { hear, note } from '../hearing.ts'
import { Interrupted, interrupted, unlessInterrupted, wait } from '../interruption.ts'
import { answer } from '../leg-progress.ts'
import type { Next, Scene } from '../scene.ts'
import { tellAfterEnd } from '../tell.ts'
import type { Enqueue } from '../verb.ts'
import type { Params } from '../voice-params.ts'
import { queueSeconds } from '../voice-params.ts'
import type { Pickup, QueueEntry } from '../waiting-queues.ts'

/** Shortest round of a `waitUrl`. Seconds. A document that says nothing must not be asked for without pause. */
const SHORTEST_ROUND = 2

/**
 * Lets the caller wait until somebody takes him out, the `waitUrl`'s document leaves or hangs up, or the call ends. Why he
 * left is told to the `action`; after a conversation it is asked when both have parted.
 *
 * @throws Interrupted
 */
export async function enqueue(scene: Scene, verb: Enqueue): Promise<Next> {
  const { x, leg } = scene
  answer(x, leg)
  const entry = x.queues.join(verb.queue, leg, x.clock.now())
  if (entry === undefined) return after(scene, verb, { QueueResult: 'queue-full' })
  note(x, leg, `waiting in ${verb.queue}`)
  x.changes.touch('queues')
  const told = (result: string) => ({
    QueueResult: result,
    QueueSid: entry.queue.sid,
    QueueTime: queueSeconds(x, entry),
  })
  let pickup: Pickup | undefined
  try {
    const left = await waitForPickup(scene, verb, entry)
    if (left === 'hangup') {
      tellAfterEnd(scene, verb.action, told('hangup'))
      return 'hangup'
    }
    if (left === 'left') return after(scene, verb, told('leave'))
    pickup = left
    const waited = told('bridged')
    await talk(scene, left)
    return after(scene, verb, waited)
  } catch (error) {
    if (error instanceof Interrupted) tellWhy(scene, verb, error, told, pickup !== undefined)
    throw error
  } finally {
    void entry.pickup.promise.then(({ bridge }) => {
      bridge.close()
    })
    x.queues.leave(entry, x.clock.now())
    x.changes.touch('queues')
  }
}

async function waitForPickup(scene: Scene, verb: Enqueue, entry: QueueEntry): Promise<Pickup | 'hangup' | 'left'> {
  const taken = new AbortController()
  const rounds = waitInRounds(scene, verb, entry, AbortSignal.any([scene.signal, taken.signal]))
  rounds.catch(() => undefined)
  try {
    return await unlessInterrupted(Promise.race([entry.pickup.promise, rounds]), scene.signal)
  } finally {
    taken.abort(interrupted.enough)
    await rounds.catch(() => undefined)
  }
}

/** The `waitUrl` is asked again and again; without one there is music. */
async function waitInRounds(scene: Scene, verb: Enqueue, entry: QueueEntry, signal: AbortSignal) {
  const { x, leg, source } = scene
  if (verb.waitUrl === undefined) {
    hear(x, leg, '♪')
    await unlessInterrupted(new Promise<never>(() => undefined), signal)
  }
  for (;;) {
    const round = performance.now()
    if (verb.waitUrl !== undefined) {
      const ending = await x.follow(leg, { address: resolve(source, leg, verb.waitUrl) }, signal, entry)
      if (ending !== 'finished') return ending
    }
    await wait(Math.max(0, SHORTEST_ROUND * x.secondMs - (performance.now() - round)), signal)
  }
}

async function talk({ x, leg, signal }: Scene, { bridge, by, whisper }: Pickup): Promise<void> {
  if (whisper !== undefined) {
    const ending = await x.follow(leg, { address: whisper, tell: { DequeingCallSid: by.facts.sid } }, signal)
    if (ending !== 'finished') return
  }
  if (by.life.signal.aborted) return
  await bridge.join(leg, signal)
}

function after({ leg, source }: Scene, { action }: Enqueue, tell: Params): Next {
  return action === undefined ? 'next' : { address: resolve(source, leg, action), tell }
}

function tellWhy(
  scene: Scene,
  { action }: Enqueue,
  { why }: Interrupted,
  told: (result: string) => Params,
  talked: boolean,
): void {
  if (why === 'ended') tellAfterEnd(scene, action, told(talked ? 'bridged' : 'hangup'))
  if (why === 'redirected') tellAfterEnd(scene, action, told(talked ? 'redirected-from-bridged' : 'redirected'))
}
