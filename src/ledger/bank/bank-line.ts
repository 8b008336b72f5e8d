import type { SealedText } from '../../platform/privacy/index.ts'
import type { FundId } from '../fund.ts'

/** A line as the bank's file says it. */
export interface StatementLine {
  /** Line of the file. */
  readonly line: number
  readonly account: string
  /** The bank's day, `2026-11-29`. */
  readonly on: string
  readonly reference: string
  /** Distinguishes lines with the same reference. */
  readonly lineNo: number
  /** What came (above zero) or went (below). Fen. */
  readonly amountFen: number
  /** What stood on the account after it. Fen. */
  readonly balanceFen: number
  /** What the bank wrote; may name people. */
  readonly text: string
}

/** A line of a statement as it is kept. Added once, never changed. */
export interface BankLine {
  /** `county/account/reference/lineNo`. */
  readonly _id: string
  readonly county: string
  readonly fundId: FundId
  readonly account: string
  /** 1, 2, 3 … without gaps in an account. */
  readonly position: number
  readonly on: string
  readonly reference: string
  readonly lineNo: number
  readonly amountFen: number
  readonly balanceFen: number
  /** Sealed: what the bank wrote. */
  readonly text: SealedText
  /** SHA-256 of the file it came with. */
  readonly file: string
  readonly importedBy: string
  readonly importedAt: Date
}

/** The natural key of a line: the same line imported twice is one line. */
export function bankLineId(county: string, line: Pick<StatementLine, 'account' | 'reference' | 'lineNo'>): string {
  return `${county}/${line.account}/${line.reference}/${line.lineNo}`
}
