import type { CallDirection, CallStatus, TextStatus } from './call-status.ts'

/** What a call is to do next: fetch a document from us, or follow the one given. */
export type Instructions = { readonly url: string } | { readonly twiml: string }

/** Moments of a call that can be reported to `statusCallback`. */
export type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed'

export interface PlaceCall {
  /** Our own number the call shows; the configured one by default. */
  readonly from?: string
  /** Whom to ring: a number in any spelling, or `client:NAME`. */
  readonly to: string
  readonly instructions: Instructions
  /** Asked when the instructions' address fails. */
  readonly fallbackUrl?: string
  readonly statusCallback?: string
  /** All four by default when a `statusCallback` is given. */
  readonly statusEvents?: readonly CallEvent[]
  /** Longest ringing. Seconds; the exchange's own default is 60. */
  readonly ringSeconds?: number
}

/** One leg of a call as the exchange knows it. */
export interface CallRecord {
  readonly sid: string
  /** The call whose `<Dial>` began this one. */
  readonly parentSid?: string
  readonly direction: CallDirection
  /** E.164, short code, `client:NAME` or `anonymous`. */
  readonly from: string
  readonly to: string
  readonly status: CallStatus
  readonly startedAt?: Date
  readonly endedAt?: Date
  readonly durationSeconds?: number
}

export interface ListCalls {
  /** Calls that started at this moment or later. */
  readonly since: Date
  readonly until?: Date
  /** Only calls to this number, in any spelling. */
  readonly to?: string
  readonly status?: CallStatus
  /** Most records given; 1,000 by default. */
  readonly limit?: number
}

export interface SendText {
  readonly to: string
  readonly text: string
  /** Idempotency key of the notice; comes back with every delivery report as `key` in its query. */
  readonly key: string
  /** Our own number the text comes from; the configured one by default. */
  readonly from?: string
  /** Where delivery is reported. */
  readonly statusCallback?: string
}

/** A text message as the exchange knows it. */
export interface TextRecord {
  readonly sid: string
  readonly direction: 'inbound' | 'outbound'
  readonly from: string
  readonly to: string
  readonly text: string
  readonly status: TextStatus
  readonly errorCode?: number
  readonly createdAt: Date
}

export interface RecordedAudio {
  readonly contentType: string
  readonly audio: Buffer
}

/**
 * The exchange as the product sees it: Twilio, or the local one. Every method may throw `TelephonyError`.
 */
export interface Telephony {
  /** Rings a number and lets the call follow the instructions. */
  placeCall(call: PlaceCall): Promise<CallRecord>
  /** Takes a call out of whatever it does and lets it follow other instructions. */
  redirectCall(sid: string, to: Instructions): Promise<CallRecord>
  /** Ends a call; an ended one stays as it is. */
  hangUp(sid: string): Promise<CallRecord>
  findCall(sid: string): Promise<CallRecord | undefined>
  /** The exchange's own call log, newest first; compared with ours so that no caller is lost. */
  listCalls(wanted: ListCalls): Promise<CallRecord[]>
  /** Sends a text, every time it is asked: the exchange knows no key. */
  sendText(text: SendText): Promise<TextRecord>
  /** Texts received or sent since a moment, newest first. */
  listTexts(wanted: { readonly since: Date; readonly to?: string; readonly limit?: number }): Promise<TextRecord[]>
  /** A recording's sound, at most 20 MB. */
  fetchRecording(sid: string): Promise<RecordedAudio>
  /** Deletes a recording at the exchange; one already gone is fine. */
  deleteRecording(sid: string): Promise<void>
}
