import { createBridge } from '../bridge.ts'
import { resolve } from '../fetch-document.ts'
import { within } from '../interruption.ts'
import type { Scene } from '../scene.ts'
import type { Dial, DialTarget } from '../verb.ts'
import type { Params } from '../voice-params.ts'
import type { QueueEntry, Taker } from '../waiting-queues.ts'

/**
 * Takes the first caller of a queue, or waits for one, and connects.
 *
 * @param outcome - what the `action` will be told
 * @throws Interrupted
 */
export async function dialQueue(scene: Scene, verb: Dial, target: DialTarget, outcome: Params): Promise<void> {
  const { x, leg, signal } = scene
  const queue = x.queues.find(target.to)
  outcome['DialCallStatus'] = queue === undefined ? 'failed' : 'no-answer'
  if (queue === undefined) return
  const entry = await nextCaller(scene, verb.timeoutSeconds, x.queues.next(queue))
  if (entry === undefined) return
  outcome['DialCallStatus'] = 'completed'
  outcome['DialCallSid'] = entry.leg.facts.sid
  const bridge = createBridge(x)
  const startedAt = x.clock.now()
  const whisper = target.whisper === undefined ? undefined : resolve(scene.source, leg, target.whisper)
  const talking = bridge.join(leg, signal, verb.hangupOnStar ? '*' : undefined)
  entry.pickup.resolve({ bridge, by: leg, whisper })
  try {
    await talking
  } finally {
    outcome['DialCallDuration'] = String(Math.ceil((x.clock.now().getTime() - startedAt.getTime()) / 1_000))
  }
}

/** The next caller in time; one who was handed over after all goes back to the head of the queue. */
async function nextCaller({ x, leg, signal }: Scene, seconds: number, taker: Taker): Promise<QueueEntry | undefined> {
  let entry: QueueEntry | undefined
  try {
    entry = await within(taker.entry, seconds * x.secondMs, signal, leg.skips)
    return entry
  } finally {
    if (entry === undefined) taker.giveUp()
  }
}
