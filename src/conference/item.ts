import type { Urgency } from '../cases/index.ts'
import type { SealedText } from '../platform/privacy/index.ts'

/** States of a case in the conference. Source: mechanisms, "State model", M062. */
export const ITEM_STATES = ['QUEUED', 'SCHEDULED', 'IN_SESSION', 'RESOLVED', 'RETURNED'] as const

export type ItemState = (typeof ITEM_STATES)[number]

/** Which state may follow which. */
const NEXT: Readonly<Record<ItemState, readonly ItemState[]>> = {
  QUEUED: ['SCHEDULED', 'RETURNED'],
  SCHEDULED: ['IN_SESSION', 'QUEUED'],
  IN_SESSION: ['RESOLVED'],
  RESOLVED: [],
  RETURNED: [],
}

/** Whether an item in one state may go to the other. */
export function itemCanBecome(from: ItemState, to: ItemState): boolean {
  return NEXT[from].includes(to)
}

/** Why a case is too big for one township. Source: N21, M047, M062. */
export const TRIGGERS = ['cap_reached', 'several_departments', 'repeated_refusals', 'risk', 'long_term_need'] as const

export type Trigger = (typeof TRIGGERS)[number]

/** What a department says before or in the meeting. Silence is no opinion. */
export interface Opinion {
  readonly unit: string
  readonly staffId: string
  readonly at: Date
  readonly text: SealedText
  /** What the department offers: a sum of money, or 0 for another measure. Fen. */
  readonly offerFen: number
}

/** One measure of a resolution: who does what until when. */
export interface Measure {
  readonly unit: string
  readonly text: SealedText
  readonly amountFen: number
  readonly dueAt: Date
}

/** What the conference decided. Never changed; amended by a new one. */
export interface Resolution {
  /** `HM-2026-01`: county mark, year, running number. */
  readonly no: string
  readonly text: SealedText
  readonly measures: readonly Measure[]
  readonly presentUnits: readonly string[]
  readonly resolvedAt: Date
  readonly resolvedBy: string
  /** SHA-256 over what was resolved; stands in the journal. */
  readonly digest: string
}

/** A case put before the county's conference. */
export interface ConferenceItem {
  /** `county/id`. */
  readonly _id: string
  readonly county: string
  readonly id: string
  readonly version: number
  readonly caseNo: string
  readonly urgency: Urgency
  readonly trigger: Trigger
  readonly reason: SealedText
  readonly proposedBy: { readonly unit: string; readonly staffId: string }
  readonly proposedAt: Date
  /** By when the conference must have met. */
  readonly conveneBy: Date
  readonly state: ItemState
  readonly meetingAt?: Date
  /** Departments called, by unit id. */
  readonly calledUnits: readonly string[]
  readonly opinions: readonly Opinion[]
  readonly resolution?: Resolution
  readonly returnReason?: SealedText
}

/** Id of a record of an item. */
export function itemRecordId(county: string, id: string): string {
  return `${county}/${id}`
}

/** Departments a conference may call, as units of the county. The civil-affairs office is the county itself. Source: N27. */
export const DEPARTMENT_WORDS = [
  'finance',
  'housing',
  'medical_insurance',
  'education',
  'human_resources',
  'disabled_federation',
  'emergency_management',
  'health',
] as const

/** Unit id of every department of a county, civil affairs first. */
export function departmentsOf(county: string): readonly string[] {
  return [county, ...DEPARTMENT_WORDS.map((word) => `${county}-${word}`)]
}
