import twilio from 'twilio'
import { toSpeakable } from './speakable.ts'

type VoiceResponse = twilio.twiml.VoiceResponse
type Prompting = Pick<VoiceResponse, 'say' | 'play' | 'pause'>

/** One thing a call does; `twiml` puts several into a document. */
export type Verb = (response: VoiceResponse) => void
/** A verb that may also stand inside `gather`. */
export type Prompt = (response: Prompting) => void

/** Language a sentence is spoken in. */
export type SpokenLanguage = 'zh' | 'en'

const VOICE_LANGUAGE = { zh: 'cmn-CN', en: 'en-GB' } as const
/** Speech recognition names Mandarin otherwise than speech. Source: Twilio, Gather, "language". */
const HEARING_LANGUAGE = { zh: 'cmn-Hans-CN', en: 'en-GB' } as const

/** A document of verbs, followed from the first to the last. */
export function twiml(...verbs: readonly Verb[]): string {
  const response = new twilio.twiml.VoiceResponse()
  for (const verb of verbs) verb(response)
  return response.toString()
}

/** Speaks a sentence. */
export function say(language: SpokenLanguage, sentence: string): Prompt {
  return (response) => response.say({ language: VOICE_LANGUAGE[language] }, toSpeakable(sentence))
}

/** Plays a sound file; `loop` 0 plays it until something else happens. */
export function play(url: string, loop = 1): Prompt {
  return (response) => response.play({ loop }, url)
}

/** Keeps silent. Seconds. */
export function pause(seconds: number): Prompt {
  return (response) => response.pause({ length: seconds })
}

export interface GatherOptions {
  /** Where keys (`Digits`) or words (`SpeechResult`) are sent. */
  readonly action: string
  readonly input?: readonly ('dtmf' | 'speech')[]
  /** Keys that are enough; without it `finishOnKey` or the silence ends the input. */
  readonly digits?: number
  /** Wait for the first and each further key or word. Seconds. */
  readonly timeoutSeconds: number
  readonly finishOnKey?: string
  readonly language?: SpokenLanguage
  /** Also send an empty result, instead of going on with the next verb. */
  readonly evenWhenEmpty?: boolean
}

/** Speaks the prompts and takes keys or words; without any the call goes on with the next verb. */
export function gather(options: GatherOptions, ...prompts: readonly Prompt[]): Verb {
  return (response) => {
    const gathering = response.gather({
      action: options.action,
      input: [...(options.input ?? ['dtmf' as const])],
      timeout: options.timeoutSeconds,
      ...(options.digits === undefined ? {} : { numDigits: options.digits }),
      ...(options.finishOnKey === undefined ? {} : { finishOnKey: options.finishOnKey }),
      ...(options.language === undefined ? {} : { language: HEARING_LANGUAGE[options.language] }),
      ...(options.evenWhenEmpty === true ? { actionOnEmptyResult: true } : {}),
    })
    for (const prompt of prompts) prompt(gathering)
  }
}

export interface EnqueueOptions {
  readonly queue: string
  /** Asked again and again while the caller waits. */
  readonly waitUrl: string
  /** Told when the caller leaves the queue (`QueueResult`). */
  readonly action?: string
}

/** Lets the caller wait in a queue. */
export function enqueue({ queue, ...urls }: EnqueueOptions): Verb {
  return (response) => response.enqueue(urls, queue)
}

/** Leaves the queue; only in the document of a `waitUrl`. */
export function leave(): Verb {
  return (response) => response.leave()
}

export interface RecordOptions {
  /** Told when the message is spoken (`RecordingUrl`, `RecordingSid`, `RecordingDuration`). */
  readonly action: string
  readonly maxSeconds: number
  /** Silence that ends the message. Seconds. */
  readonly silenceSeconds?: number
  readonly finishOnKey?: string
  readonly recordingStatusCallback?: string
}

/** Records a spoken message after a beep. */
export function record(options: RecordOptions): Verb {
  const { maxSeconds, silenceSeconds, ...rest } = options
  return (response) =>
    response.record({
      ...rest,
      playBeep: true,
      maxLength: maxSeconds,
      ...(silenceSeconds === undefined ? {} : { timeout: silenceSeconds }),
    })
}

/** Goes on with another document. */
export function redirect(url: string): Verb {
  return (response) => response.redirect(url)
}

/** Ends the call. */
export function hangUp(): Verb {
  return (response) => response.hangup()
}

/** Refuses an unanswered call. */
export function reject(reason: 'busy' | 'rejected' = 'rejected'): Verb {
  return (response) => response.reject({ reason })
}

/** The answer to a text message: texts sent back, or none. */
export function textTwiml(...replies: readonly string[]): string {
  const response = new twilio.twiml.MessagingResponse()
  for (const reply of replies) response.message(toSpeakable(reply))
  return response.toString()
}
