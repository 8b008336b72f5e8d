import { hear } from '../hearing.ts'
import { wait } from '../interruption.ts'
import type { Scene } from '../scene.ts'
import type { Pause, Play, Prompt, Say } from '../verb.ts'

/** Rounds of a prompt that repeats for ever (`loop="0"`): more than any call lasts. Source: Twilio, Say, "loop". */
const FOR_EVER = 1_000

/**
 * Speaks, plays or keeps silent.
 *
 * @throws Interrupted
 */
export async function prompt(scene: Scene, verb: Prompt): Promise<void> {
  const { x, leg, signal } = scene
  if (verb.verb === 'Pause') return wait(verb.seconds * x.secondMs, signal, leg.skips)
  const rounds = verb.loop === 0 ? FOR_EVER : verb.loop
  for (let round = 1; round <= rounds; round++) {
    await once(scene, verb)
    if (round < rounds) await wait(x.secondMs, signal, leg.skips)
  }
}

async function once({ x, leg, signal }: Scene, verb: Exclude<Say | Play, Pause>): Promise<void> {
  signal.throwIfAborted()
  if (verb.verb === 'Play') {
    hear(x, leg, `♪ ${verb.url}`)
    return
  }
  hear(x, leg, verb.text, 'exchange', verb.language)
  if (x.speechMsPerCharacter > 0) await wait(verb.text.length * x.speechMsPerCharacter, signal, leg.skips)
}
