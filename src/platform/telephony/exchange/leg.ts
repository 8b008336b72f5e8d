import type { CallDirection } from '../call-status.ts'
import type { CallFacts } from './call-facts.ts'
import { createDeferred } from './deferred.ts'
import type { Deferred } from './deferred.ts'
import { createEars } from './ears.ts'
import type { Ears } from './ears.ts'
import type { Phone } from './phone.ts'
import { newSid } from './sid.ts'
import type { Address, StatusReports } from './verb.ts'

/** Where a call's instructions come from, and what is told when they are asked for. */
export type Course =
  { readonly address: Address; readonly tell?: Readonly<Record<string, string>> } | { readonly twiml: string }

/** What the person at the far end heard, said and pressed, and what happened to the call meanwhile. */
export interface TranscriptLine {
  /** From 1, without gaps. */
  readonly no: number
  readonly at: Date
  readonly kind: 'heard' | 'said' | 'pressed' | 'noted'
  readonly text: string
  /** Who was heard: `exchange` or the other party. */
  readonly from?: string
  readonly language?: string
}

export type RingResult = 'answered' | 'busy' | 'no-answer' | 'failed'

/** One leg of a call in progress: the line between the exchange and one person. */
export interface Leg {
  readonly facts: CallFacts
  readonly transcript: TranscriptLine[]
  readonly warnings: string[]
  readonly ears: Ears
  /** Ends with the leg. */
  readonly life: AbortController
  readonly ended: Deferred<undefined>
  /** How the ringing of an outbound leg ends. */
  readonly ringing: Deferred<RingResult>
  /** Ends with the instructions being followed. */
  course: AbortController | undefined
  /** Instructions that take over next. */
  pending: Course | undefined
  /** Asked when instructions cannot be had. */
  fallback: Address | undefined
  /** Where relative addresses start when the instructions came without one. */
  readonly home: string | undefined
  readonly reports: StatusReports | undefined
  reportNo: number
  lastReport: Promise<void>
  heldReport: (() => Promise<void>) | undefined
  /** The phone that rings or talks on an outbound leg. */
  phone: Phone | undefined
  /** The leg of a call to one of our own numbers, seen from its other side. */
  mirror: Leg | undefined
  /** Ways to end the present wait at once. */
  readonly skips: Set<() => void>
}

export interface NewLeg {
  readonly direction: CallDirection
  readonly from: string
  readonly to: string
  readonly createdAt: Date
  readonly parentSid?: string
  readonly say?: readonly string[]
  readonly press?: readonly string[]
  readonly fallback?: Address
  readonly home?: string
  readonly reports?: StatusReports
}

/** A leg before anything happened on it. */
export function createLeg(wanted: NewLeg): Leg {
  const { direction, from, to, createdAt, parentSid } = wanted
  const status = direction === 'inbound' ? 'ringing' : 'queued'
  return {
    facts: {
      sid: newSid('CA'),
      direction,
      from,
      to,
      status,
      createdAt,
      ...(parentSid === undefined ? {} : { parentSid }),
    },
    transcript: [],
    warnings: [],
    ears: createEars({ say: [...(wanted.say ?? [])], press: [...(wanted.press ?? [])] }),
    life: new AbortController(),
    ended: createDeferred(),
    ringing: createDeferred(),
    course: undefined,
    pending: undefined,
    fallback: wanted.fallback,
    home: wanted.home,
    reports: wanted.reports,
    reportNo: 0,
    lastReport: Promise.resolve(),
    heldReport: undefined,
    phone: undefined,
    mirror: undefined,
    skips: new Set(),
  }
}
