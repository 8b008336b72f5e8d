/** What can be wrong with a file of the bank. Words: `ledger:bank.fault.<code>`. */
export const BANK_FAULTS = [
  'empty',
  'too_large',
  'encoding',
  'cut_off',
  'unreadable',
  'columns',
  'too_many',
  'half_line',
  'formula',
  'amount',
  'balance',
  'date',
  'reference',
  'line_no',
  'text',
  'duplicate',
  'foreign_account',
  'changed',
  'order',
  'gap',
  'foreign_batch',
  'foreign_order',
  'missing_order',
  'amount_differs',
  'result',
  'reason',
  'not_open',
] as const

export type BankFaultCode = (typeof BANK_FAULTS)[number]

/** One thing that is wrong with a file, and where. Nothing of a file with a fault is applied. */
export interface BankFault {
  /** Line of the file, 1 being its header; 0 when it is about the file as a whole. */
  readonly line: number
  readonly code: BankFaultCode
  /** The column it stands in, as the header names it. */
  readonly column?: string
}

/** Faults in the order of the file, and no more than a person reads. */
export function inFileOrder(faults: readonly BankFault[]): BankFault[] {
  return [...faults].sort((a, b) => a.line - b.line).slice(0, MAX_FAULTS)
}

/** Faults that are named; a file with so many is the wrong file. */
const MAX_FAULTS = 50
