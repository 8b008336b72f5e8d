import type { RejectReason } from './answer-file.ts'

/** At the bank, answered by it, or taken back before the bank did anything. */
export const FILE_STATES = ['OPEN', 'ANSWERED', 'WITHDRAWN'] as const

export type FileState = (typeof FILE_STATES)[number]

/** Why a file was taken back. */
export const WITHDRAW_REASONS = ['never_sent', 'bank_refused_file'] as const

export type WithdrawReason = (typeof WITHDRAW_REASONS)[number]

/** Most orders of one file: all of them are posted in one transaction when the bank has answered. */
export const MAX_ORDERS = 100

/** One payment order in a file. */
export interface FileLine {
  readonly orderId: string
  readonly caseNo: string
  readonly amountFen: number
  readonly state: 'SENT' | 'PAID' | 'REJECTED' | 'RECALLED'
  /** The bank's own number of the payment. */
  readonly reference?: string
  /** The bank's day, `2026-11-29`. */
  readonly on?: string
  readonly reason?: RejectReason
  /** Voucher of the posting. */
  readonly voucher?: string
}

/**
 * Payment orders that go to the bank together. It holds no name and no account number: those are opened when the file is written, and
 * written the same way every time.
 */
export interface PaymentFile {
  /** `county/no`. */
  readonly _id: string
  readonly county: string
  /** 12 digits with a check digit, as it stands in the file. */
  readonly no: string
  readonly version: number
  readonly fundId: string
  readonly unit: string
  readonly tier: 'township' | 'county'
  readonly state: FileState
  readonly lines: readonly FileLine[]
  readonly count: number
  readonly sumFen: number
  /** SHA-256 of the file's bytes, to compare with what reached the bank. */
  readonly digest: string
  readonly madeBy: string
  readonly madeAt: Date
  readonly answer?: { readonly digest: string; readonly by: string; readonly at: Date }
  readonly withdrawn?: { readonly reason: WithdrawReason; readonly by: string; readonly at: Date }
}

/** Id of a payment file's record. */
export function paymentFileId(county: string, no: string): string {
  return `${county}/${no}`
}
