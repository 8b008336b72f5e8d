import type twilio from 'twilio'
import { toDialable, WITHHELD } from './dialable.ts'
import type { Verb } from './twiml.ts'

type Dial = ReturnType<twilio.twiml.VoiceResponse['dial']>

/** Whom `dial` rings. */
export type Target = (dial: Dial) => void

export interface DialOptions {
  /** Told how it ended (`DialCallStatus`); its answer is followed next. */
  readonly action?: string
  /** Longest ringing. Seconds. */
  readonly timeoutSeconds?: number
  /** The number the ringing phone shows. */
  readonly callerId?: string
  /** The caller keeps hearing the ringing of an unanswered call until somebody answers. */
  readonly answerOnBridge?: boolean
  /** Records from the answer on. */
  readonly record?: boolean
  readonly recordingStatusCallback?: string
}

/** Rings every target at once; who answers first is connected. */
export function dial(options: DialOptions, ...targets: readonly Target[]): Verb {
  return (response) => {
    const { timeoutSeconds, record, callerId, ...rest } = options
    const dialling = response.dial({
      ...rest,
      ...(callerId === undefined ? {} : { callerId: shownAs(callerId) }),
      ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds }),
      ...(record === true ? { record: 'record-from-answer' as const } : {}),
    })
    for (const target of targets) target(dialling)
  }
}

export interface TargetOptions {
  /** Reports of this leg alone: initiated, ringing, answered, completed. */
  readonly statusCallback?: string
  /** A document for the one who answers, before both are connected. */
  readonly whisperUrl?: string
}

/** A browser line or desk phone known by name: `O1`. */
export function toClient(name: string, options: TargetOptions = {}): Target {
  return (dialling) => dialling.client(targetAttributes(options), name.replace(/^client:/, ''))
}

/** A telephone number, in any spelling. */
export function toNumber(number: string, options: TargetOptions = {}): Target {
  return (dialling) => dialling.number(targetAttributes(options), shownAs(number))
}

/** The first caller of a queue. */
export function toQueue(name: string, options: { readonly whisperUrl?: string } = {}): Target {
  return (dialling) => dialling.queue(options.whisperUrl === undefined ? {} : { url: options.whisperUrl }, name)
}

function targetAttributes({ statusCallback, whisperUrl }: TargetOptions) {
  return {
    ...(statusCallback === undefined
      ? {}
      : { statusCallback, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] as never }),
    ...(whisperUrl === undefined ? {} : { url: whisperUrl }),
  }
}

function shownAs(spelling: string): string {
  const number = toDialable(spelling)
  if (number === undefined || number === WITHHELD) throw new RangeError('Not a number that can be dialled')
  return number
}
