import type { RealAccount } from '../ledger/index.ts'
import type { SealedText } from '../platform/privacy/index.ts'
import type { Rule } from '../policy/index.ts'

/** What aid may be. Only REFERRAL moves nothing of value. Source: M057. */
export const ORDER_KINDS = ['CASH', 'TRANSFER', 'GOODS', 'SERVICE', 'REFERRAL'] as const

export type OrderKind = (typeof ORDER_KINDS)[number]

/** Quick aid at once, or a follow-up to the same emergency. Source: M043, M045. */
export const DECISION_KINDS = ['QUICK', 'FOLLOW_UP'] as const

export type DecisionKind = (typeof DECISION_KINDS)[number]

/** Who decides: the township within its limit, the county above it. Source: M049. */
export type Tier = 'township' | 'county'

export const DECISION_STATES = ['DECIDED', 'PAYING', 'PAID', 'SUPPLEMENTED', 'CONFIRMED', 'CANCELLED'] as const

export type DecisionState = (typeof DECISION_STATES)[number]

/** Which state may follow which. */
const NEXT: Readonly<Record<DecisionState, readonly DecisionState[]>> = {
  DECIDED: ['PAYING', 'PAID', 'CANCELLED'],
  PAYING: ['PAYING', 'PAID', 'CANCELLED'],
  PAID: ['SUPPLEMENTED'],
  SUPPLEMENTED: ['CONFIRMED'],
  CONFIRMED: [],
  CANCELLED: [],
}

/** Whether a decision in one state may go to the other. */
export function mayFollow(from: DecisionState, to: DecisionState): boolean {
  return NEXT[from].includes(to)
}

/** Promised; in a payment file at the bank, and still promised; paid; taken back. */
export type OrderState = 'HELD' | 'SENT' | 'PAID' | 'FAILED'

/** One line of a decision: what is paid to whom. Held when decided, posted when paid by another person. */
export interface PaymentOrder {
  /** `decisionId:line`; the natural key of its posting in the ledger. */
  readonly id: string
  readonly line: number
  readonly kind: OrderKind
  readonly amountFen: number
  /** Sealed: name, relation, account of who receives it. */
  readonly payee: SealedText
  /** What goods or service; a code or a few words without personal data. */
  readonly item?: string
  readonly state: OrderState
  readonly fundId: string
  readonly account: RealAccount
  readonly holdId: string
  /** The payment file it was sent to the bank with. */
  readonly file?: string
  readonly paidAt?: Date
  readonly paidBy?: string
  /** Voucher of the posting: `fundId:seq`. */
  readonly voucher?: string
  readonly failedAt?: Date
  readonly failReason?: string
}

/** The papers that come afterwards, filed by the township, confirmed by the county. */
export interface Supplement {
  readonly filedAt: Date
  readonly filedBy: string
  /** Sealed explanation. */
  readonly text: SealedText
  readonly checked: readonly string[]
  /** Filed after its deadline; counts as late for ever. */
  readonly isLate: boolean
  readonly confirmedAt?: Date
  readonly confirmedBy?: string
}

/** Aid granted to a case. */
export interface DecisionRecord {
  /** `county/id`. */
  readonly _id: string
  readonly county: string
  readonly id: string
  readonly version: number
  readonly caseNo: string
  readonly kind: DecisionKind
  readonly tier: Tier
  /** The unit whose money it is: township or county. */
  readonly unit: string
  readonly state: DecisionState
  readonly orders: readonly PaymentOrder[]
  readonly totalFen: number
  /** Persons in need, for limits per person. */
  readonly persons: number
  readonly personId?: string
  readonly householdId?: string
  /** Limits in force when it was decided, with their sources. */
  readonly rules: readonly Rule[]
  readonly limitFen: number
  /** Given before for the same emergency or household within the window. */
  readonly usedFen: number
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly reason: SealedText
  readonly supplement?: Supplement
}

/** Id of a decision record. */
export function decisionRecordId(county: string, id: string): string {
  return `${county}/${id}`
}

/** Type of relief under which a confirmed advance is booked. Source: scenarios, RELIEF_EXPENSE:急难. */
export const URGENT_TYPE = '急难'
