import { resolve } from '../fetch-document.ts'
import { Interrupted } from '../interruption.ts'
import { answer } from '../leg-progress.ts'
import type { Next, Scene } from '../scene.ts'
import { tellAfterEnd } from '../tell.ts'
import type { Dial } from '../verb.ts'
import type { Params } from '../voice-params.ts'
import { dialPhones } from './dial-phones.ts'
import { dialQueue } from './dial-queue.ts'

/**
 * Rings phones, or takes the first caller of a queue, and connects. How it ended is told to the `action`, whose answer is
 * followed; without one the call goes on with the next verb.
 *
 * @throws Interrupted
 */
export async function dial(scene: Scene, verb: Dial): Promise<Next> {
  const { x, leg } = scene
  if (!verb.answerOnBridge) answer(x, leg)
  const outcome: Params = { DialCallStatus: 'canceled' }
  try {
    const queue = verb.targets.find((target) => target.kind === 'queue')
    await (queue === undefined ? dialPhones(scene, verb, outcome) : dialQueue(scene, verb, queue, outcome))
  } catch (error) {
    if (error instanceof Interrupted && error.why === 'ended') tellAfterEnd(scene, verb.action, outcome)
    throw error
  }
  return verb.action === undefined ? 'next' : { address: resolve(scene.source, leg, verb.action), tell: outcome }
}
