import { createDeferred } from '../deferred.ts'
import type { Input, Listener } from '../ears.ts'
import { resolve } from '../fetch-document.ts'
import { hear, putDown } from '../hearing.ts'
import { Interrupted, within } from '../interruption.ts'
import { keepRecording, spokenSeconds } from '../keep-recording.ts'
import { answer } from '../leg-progress.ts'
import type { Next, Scene } from '../scene.ts'
import { tellAfterEnd } from '../tell.ts'
import { TwimlError } from '../twiml-document.ts'
import type { RecordMessage } from '../verb.ts'
import type { Params } from '../voice-params.ts'

/**
 * Records what the person says until a key, a silence, the longest time or the end of the call. When nothing was said the
 * call goes on with the next verb; when the caller hung up after speaking, the `action` is told all the same.
 *
 * @throws Interrupted
 */
export async function recordMessage(scene: Scene, verb: RecordMessage): Promise<Next> {
  const { x, leg } = scene
  const action = verb.action ?? scene.source
  if (action === undefined) throw new TwimlError(11100, '<Record> has no action')
  answer(x, leg)
  if (verb.beep) hear(x, leg, '♪ beep')
  const tape = createTape(verb)
  leg.ears.attach(tape.listener)
  try {
    leg.ears.prompted((input) => {
      putDown(x, leg, input)
    })
    await record(scene, verb, tape)
  } catch (error) {
    if (error instanceof Interrupted && error.why === 'ended' && tape.spoken() !== '') {
      tellAfterEnd(scene, action, { ...keep(scene, verb, tape), Digits: 'hangup' })
    }
    throw error
  } finally {
    leg.ears.detach(tape.listener)
  }
  if (tape.spoken() === '') return 'next'
  return { address: resolve(scene.source, leg, action), tell: { ...keep(scene, verb, tape), Digits: tape.key() } }
}

interface Tape {
  readonly listener: Listener
  /** Comes when a key ends the message. */
  readonly stopped: Promise<true>
  spoken(): string
  /** The key that ended the message, or nothing. */
  key(): string
}

function createTape({ finishOnKey }: RecordMessage): Tape {
  const stopped = createDeferred<true>()
  let spoken = ''
  let key = ''

  function take(input: Input): void {
    if (input.kind === 'speech') {
      spoken += input.text
    } else if (finishOnKey.includes(input.key)) {
      key = input.key
      stopped.resolve(true)
    }
  }

  return {
    listener: { wants: () => key === '', take },
    stopped: stopped.promise,
    spoken: () => spoken,
    key: () => key,
  }
}

/** Ends by a key, or after a whole silence in which nothing more was said, or when the tape is full. */
async function record({ x, leg, signal }: Scene, verb: RecordMessage, tape: Tape): Promise<void> {
  const full = verb.maxSeconds * x.secondMs
  const silence = verb.silenceSeconds * x.secondMs
  for (let passed = 0, heard = -1; passed < full && heard !== tape.spoken().length; passed += silence) {
    heard = tape.spoken().length
    if (await within(tape.stopped, Math.min(silence, full - passed), signal, leg.skips)) return
  }
}

function keep(scene: Scene, verb: RecordMessage, tape: Tape): Params {
  const seconds = Math.min(spokenSeconds(tape.spoken()), verb.maxSeconds)
  return keepRecording(scene, seconds, verb.recordingReports, 'RecordVerb')
}
