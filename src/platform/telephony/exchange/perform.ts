import { resolve } from './fetch-document.ts'
import { note } from './hearing.ts'
import { answer, endLeg } from './leg-progress.ts'
import type { Next, Scene } from './scene.ts'
import type { Verb } from './verb.ts'
import { dial } from './verbs/dial.ts'
import { enqueue } from './verbs/enqueue.ts'
import { gather } from './verbs/gather.ts'
import { prompt } from './verbs/prompts.ts'
import { recordMessage } from './verbs/record-message.ts'

/**
 * Does what a document says, verb by verb.
 *
 * @throws Interrupted, TwimlError
 */
export async function perform(scene: Scene, verbs: readonly Verb[]): Promise<Exclude<Next, 'next'> | 'finished'> {
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
