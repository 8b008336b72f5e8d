/** How the exchange asks an address. */
export type HttpMethod = 'GET' | 'POST'

export interface Address {
  readonly url: string
  readonly method: HttpMethod
}

export interface Say {
  readonly verb: 'Say'
  readonly text: string
  readonly language?: string
  readonly loop: number
}

export interface Play {
  readonly verb: 'Play'
  readonly url: string
  readonly loop: number
}

export interface Pause {
  readonly verb: 'Pause'
  readonly seconds: number
}

export type Prompt = Say | Play | Pause

export interface Gather {
  readonly verb: 'Gather'
  readonly keys: boolean
  readonly speech: boolean
  /** Missing: the document's own address. */
  readonly action?: Address
  readonly timeoutSeconds: number
  readonly finishOnKey: string
  readonly digits?: number
  readonly evenWhenEmpty: boolean
  readonly prompts: readonly Prompt[]
}

/** Reports wanted of one leg. */
export interface StatusReports extends Address {
  readonly events: readonly string[]
}

export interface DialTarget {
  readonly kind: 'number' | 'client' | 'queue'
  readonly to: string
  /** A document for the one who answers, or for the queued caller, before both are connected. */
  readonly whisper?: Address
  readonly reports?: StatusReports
}

export interface Dial {
  readonly verb: 'Dial'
  readonly targets: readonly DialTarget[]
  readonly action?: Address
  readonly timeoutSeconds: number
  readonly timeLimitSeconds: number
  readonly callerId?: string
  readonly answerOnBridge: boolean
  readonly hangupOnStar: boolean
  readonly record: boolean
  readonly recordingReports?: Address
}

export interface Enqueue {
  readonly verb: 'Enqueue'
  readonly queue: string
  readonly waitUrl?: Address
  readonly action?: Address
}

export interface RecordMessage {
  readonly verb: 'Record'
  readonly action?: Address
  readonly silenceSeconds: number
  readonly maxSeconds: number
  readonly finishOnKey: string
  readonly beep: boolean
  readonly recordingReports?: Address
}

export interface Redirect extends Address {
  readonly verb: 'Redirect'
}

export type Verb =
  | Prompt
  | Gather
  | Dial
  | Enqueue
  | RecordMessage
  | Redirect
  | { readonly verb: 'Leave' }
  | { readonly verb: 'Hangup' }
  | { readonly verb: 'Reject'; readonly reason: 'rejected' | 'busy' }

/** A document as it is followed, with what was odd about it. */
export interface TwimlDocument {
  readonly verbs: readonly Verb[]
  readonly warnings: readonly string[]
}
