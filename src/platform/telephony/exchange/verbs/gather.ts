import { createDeferred } from '../deferred.ts'
import type { Input, Listener } from '../ears.ts'
import { resolve } from '../fetch-document.ts'
import { putDown } from '../hearing.ts'
import { Interrupted, interrupted, within } from '../interruption.ts'
import { answer } from '../leg-progress.ts'
import type { Next, Scene } from '../scene.ts'
import { TwimlError } from '../twiml-document.ts'
import type { Gather } from '../verb.ts'
import type { Params } from '../voice-params.ts'
import { prompt } from './prompts.ts'

/** How sure the exchange is of what it heard: it was typed. */
const CONFIDENCE = '0.99'

/**
 * Speaks the prompts, which the first key or word cuts short, and takes keys or words.
 *
 * @throws Interrupted
 */
export async function gather(scene: Scene, verb: Gather): Promise<Next> {
  const { x, leg } = scene
  answer(x, leg)
  const collector = createCollector(verb)
  leg.ears.attach(collector.listener)
  try {
    await speakUntilInput(scene, verb, collector)
    leg.ears.prompted((input) => {
      putDown(x, leg, input)
    })
    await silence(scene, verb, collector)
  } finally {
    leg.ears.detach(collector.listener)
  }
  const heard = collector.heard()
  if (heard === undefined && !verb.evenWhenEmpty) return 'next'
  const address = verb.action ?? scene.source
  if (address === undefined) throw new TwimlError(11100, '<Gather> has no action')
  return { address: resolve(scene.source, leg, address), tell: heard ?? { Digits: '' } }
}

interface Collector {
  readonly listener: Listener
  /** Comes with the first key or word. */
  readonly begun: Promise<undefined>
  /** Comes when nothing more is awaited. */
  readonly done: Promise<true>
  /** Keys or words so far, as they are told. */
  heard(): Params | undefined
  /** Counts the keys, so that each one begins the wait anew. */
  keys(): number
}

function createCollector(verb: Gather): Collector {
  const begun = createDeferred<undefined>()
  const done = createDeferred<true>()
  let keys = ''
  let words: string | undefined
  let finished = false

  function finish(): void {
    finished = true
    done.resolve(true)
  }

  function take(input: Input): void {
    begun.resolve(undefined)
    if (input.kind === 'speech') words = input.text
    else if (!verb.finishOnKey.includes(input.key)) keys += input.key
    const last = input.kind === 'key' && verb.finishOnKey.includes(input.key)
    if (last || words !== undefined || keys.length === verb.digits) finish()
  }

  return {
    listener: { wants: (kind) => !finished && (kind === 'key' ? verb.keys : verb.speech), take },
    begun: begun.promise,
    done: done.promise,
    keys: () => keys.length,
    heard() {
      if (words !== undefined) return { SpeechResult: words, Confidence: CONFIDENCE }
      return keys === '' ? undefined : { Digits: keys }
    },
  }
}

async function speakUntilInput(scene: Scene, verb: Gather, { begun }: Collector): Promise<void> {
  const enough = new AbortController()
  void begun.then(() => {
    enough.abort(interrupted.enough)
  })
  const signal = AbortSignal.any([scene.signal, enough.signal])
  try {
    for (const spoken of verb.prompts) await prompt({ ...scene, signal }, spoken)
  } catch (error) {
    if (!(error instanceof Interrupted) || error.why !== 'enough') throw error
  }
}

/** Waits until everything is there, or until the person kept silent for the timeout since the last key. */
async function silence({ x, leg, signal }: Scene, verb: Gather, collector: Collector): Promise<void> {
  for (let keys = -1; keys < collector.keys();) {
    keys = collector.keys()
    if (await within(collector.done, verb.timeoutSeconds * x.secondMs, signal, leg.skips)) return
  }
}
