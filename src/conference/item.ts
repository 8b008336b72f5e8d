import type { Urgency } from '../cases/index.ts'
import type { Rule } from '../policy/index.ts'
import type { SealedText } from '../platform/privacy/index.ts'

/** States of a case in the conference. Source: mechanisms, "State model", M062. */
export const ITEM_STATES = ['QUEUED', 'SCHEDULED', 'IN_SESSION', 'RESOLVED', 'RETURNED'] as const

export type ItemState = (typeof ITEM_STATES)[number]

/** Which state may follow which. A meeting that is set may be set anew. */
const NEXT: Readonly<Record<ItemState, readonly ItemState[]>> = {
  QUEUED: ['SCHEDULED', 'RETURNED'],
  SCHEDULED: ['SCHEDULED', 'IN_SESSION'],
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

/** How a department stands to helping together. */
export const STANCES = ['FOR', 'AGAINST', 'ABSTAIN'] as const

export type Stance = (typeof STANCES)[number]

/** What a department says before or in the meeting. Silence is no opinion. */
export interface Opinion {
  readonly unit: string
  readonly staffId: string
  readonly at: Date
  readonly stance: Stance
  readonly text: SealedText
  /** What the department offers: a sum of money, or 0 for another measure. Fen. */
  readonly offerFen: number
}

/** Somebody is related to the household or has an interest of their own: their word does not count, their substitute's does. Source: M096. */
export interface Recusal {
  readonly unit: string
  readonly staffId: string
  readonly at: Date
  readonly reason: SealedText
}

/** One measure of a resolution: who does what until when. */
export interface Measure {
  readonly unit: string
  readonly text: SealedText
  readonly amountFen: number
  readonly dueAt: Date
}

/** Where a department stood when the conference resolved. */
export interface Position {
  readonly unit: string
  readonly stance: Stance | 'NO_REPLY'
}

/** What the conference decided. Never changed; amended by a new one. */
export interface Resolution {
  /** `320614-2026-01`: county, year, running number. */
  readonly no: string
  readonly text: SealedText
  readonly measures: readonly Measure[]
  readonly presentUnits: readonly string[]
  /** Every called department, dissent and silence included. */
  readonly positions: readonly Position[]
  /** Who opened the meeting and led it. */
  readonly chairId: string
  /** The rule by which enough were present. */
  readonly quorum: Rule
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
  /** The unit that had the case when it was proposed: it follows the item whoever proposed it. */
  readonly unit: string
  readonly urgency: Urgency
  readonly triggers: readonly Trigger[]
  readonly reason: SealedText
  readonly proposedBy: { readonly unit: string; readonly staffId: string }
  readonly proposedAt: Date
  /** Who at the county agreed that the conference takes it. Nothing is scheduled before. */
  readonly accepted?: { readonly at: Date; readonly staffId: string }
  /** By when the conference must have met. */
  readonly conveneBy: Date
  readonly state: ItemState
  readonly meetingAt?: Date
  /** Departments called, by unit id. */
  readonly calledUnits: readonly string[]
  readonly opinions: readonly Opinion[]
  readonly recusals: readonly Recusal[]
  readonly opened?: { readonly at: Date; readonly staffId: string }
  readonly resolution?: Resolution
  readonly returnReason?: SealedText
}

/** Id of a record of an item. */
export function itemRecordId(county: string, id: string): string {
  return `${county}/${id}`
}

/** Whether the conference is still busy with it. */
export function isPending({ state }: Pick<ConferenceItem, 'state'>): boolean {
  return state !== 'RESOLVED' && state !== 'RETURNED'
}
