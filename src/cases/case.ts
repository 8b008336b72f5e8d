import type { SealedText } from '../platform/privacy/index.ts'
import type { CaseStage } from './case-stage.ts'
import type { CaseState } from './case-state.ts'

/** How urgent: P0 life in danger, P1 tonight without food or shelter, P2 within days, P3 ordinary. Source: M021. */
export const URGENCIES = ['P0', 'P1', 'P2', 'P3'] as const

export type Urgency = (typeof URGENCIES)[number]

/** Where the emergency happened. It alone decides which township is responsible. */
export interface EmergencyPlace {
  /** 9 or 12 digits; empty until somebody has chosen. */
  readonly code: string
  /** What was said, sealed: it may be an exact address. */
  readonly text: SealedText
  /** Sealed JSON of the point `{lat, lng, datum}`; the datum is `GCJ-02` or `WGS-84`. */
  readonly point?: SealedText
}

/** Who owes the next step. A case that is open always has exactly one unit and one person. */
export interface Responsibility {
  readonly unit: string
  readonly staffId: string
  /** Code of the rule that made them responsible, such as `roster` or `not_acknowledged`. */
  readonly reason: string
  readonly since: Date
}

/** Something that must be finished before the case may close. Upper domains add and clear it in their own transaction. */
export interface Obligation {
  readonly kind: ObligationKind
  readonly id: string
  readonly since: Date
}

export type ObligationKind =
  'decision' | 'payment' | 'supplement' | 'conference' | 'commitment' | 'subtask' | 'transfer' | 'feedback'

/** What the case knows of the aid given to it. Kept by the aid domain through a step. */
export interface AidSummary {
  readonly paidFen: number
  readonly heldFen: number
  readonly supplement: 'NONE' | 'DUE' | 'OVERDUE' | 'FILED' | 'CONFIRMED'
}

/** Whether the emergency is still going on. Settable and correctable; corrections keep the old value. */
export interface Emergency {
  readonly state: 'ONGOING' | 'ENDED'
  readonly endedAt?: Date
  readonly corrections: readonly {
    readonly was: Date
    readonly at: Date
    readonly staffId: string
    readonly reason: SealedText
  }[]
}

/** The case is offered to another unit, or waits for the county to say who has it. Until then nothing changes hands. */
export interface TransferOffer {
  readonly id: string
  readonly state: 'OFFERED' | 'BEFORE_COUNTY'
  readonly fromUnit: string
  readonly toUnit: string
  /** Code of the reason; in words in `note`, sealed. */
  readonly reason: string
  readonly note?: SealedText
  readonly offeredBy: string
  readonly offeredAt: Date
  /** Who answers for the other unit and was spoken with, where a case may change hands only live. */
  readonly spokenWith?: string
}

/** An offer that was answered, as the unit, the county or nobody answered it. Kept with the case. */
export interface AnsweredTransfer extends TransferOffer {
  readonly outcome: 'accepted' | 'refused' | 'ruled'
  readonly answeredBy: string
  readonly answeredAt: Date
  /** Code of why it was refused; in words in `answerNote`, sealed. */
  readonly answerReason?: string
  readonly answerNote?: SealedText
}

/** One emergency of one household. */
export interface CaseRecord {
  /** `county/no`. */
  readonly _id: string
  readonly county: string
  /** 12 digits that people can say. */
  readonly no: string
  readonly version: number
  readonly state: CaseState
  readonly stage: CaseStage
  /** Every stage it went through, in order. */
  readonly stages: readonly { readonly stage: CaseStage; readonly at: Date }[]
  readonly urgency: Urgency
  readonly tags: readonly string[]
  readonly place: EmergencyPlace
  /** Why this township: rule code and the words behind it. Empty until routed. */
  readonly routing?: { readonly rule: string; readonly code: string; readonly at: Date }
  /** What happened, sealed. */
  readonly story: SealedText
  readonly personId?: string
  readonly householdId?: string
  /** The township whose officers may look closer at the person because of this case alone; it loses that when the case moves on. */
  readonly fileOpenedTo?: string
  /** Phone of who called, sealed; for feedback. */
  readonly contactPhone?: SealedText
  readonly intakeNos: readonly string[]
  /** The township (or county) that has the case; the county's triage until it is routed. */
  readonly unit: string
  readonly responsible: Responsibility
  /** Units that were given a part in the case: the conference, its members, departments with a task. */
  readonly sharedWith: readonly string[]
  /** Who first took the request and stays accountable until another accepts. Source: M009. */
  readonly firstResponsible: { readonly unit: string; readonly staffId: string }
  /** Steps of the escalation ladder already climbed since the last routing. */
  readonly escalationStep: number
  /** How often units refused the case. A second refusal goes to the county. Source: transfer.county_rule_min. */
  readonly refusals: number
  /** Offered to another unit and not answered yet. */
  readonly transfer?: TransferOffer
  /** Offers that were answered, the oldest first. */
  readonly transfers?: readonly AnsweredTransfer[]
  readonly acknowledgedAt?: Date
  readonly acknowledgedBy?: string
  readonly emergency: Emergency
  readonly aid: AidSummary
  readonly obligations: readonly Obligation[]
  readonly feedback?: {
    readonly at: Date
    readonly medium: string
    readonly staffId: string
    readonly text: SealedText
  }
  readonly receivedAt: Date
  readonly closedAt?: Date
  /** The nearest running clock, kept for lists. */
  readonly nearestDueAt?: Date
}

/** Id of a case record. */
export function caseId(county: string, no: string): string {
  return `${county}/${no}`
}

/** Name of a case's journal stream and live room. */
export function caseStream(no: string): string {
  return `case:${no}`
}
