/** What an entry or a head is checked for. */
export const CHECKS = [
  'gap',
  'shape',
  'link',
  'hash',
  'opening',
  'time',
  'purpose',
  'unbalanced',
  'balances',
  'overdrawn',
  'identity',
  'frozen',
  'period',
  'hold',
  'part',
  'names',
  'stock',
  'terms',
  'reversal',
  'source',
  'key',
  'twin',
  'head',
  'hold-list',
  'part-list',
  'county-sum',
  'seal',
  'tree',
  'checkpoint',
  'signature',
  'missing',
] as const

export type Check = (typeof CHECKS)[number]

/** The first thing that does not hold in a fund. */
export interface Fault {
  readonly fundId: string
  /** The first bad sequence number; the last good one plus one when entries are missing at the end. */
  readonly seq: number
  readonly check: Check
  readonly detail: string
}

/** Thrown inside the verifier by the check that fails. */
export class FaultFound extends Error {
  readonly check: Check

  constructor(check: Check, detail: string) {
    super(detail)
    this.name = 'FaultFound'
    this.check = check
  }
}

/** Fails a check when something does not hold. */
export function demand(holds: boolean, check: Check, detail: string): asserts holds {
  if (!holds) throw new FaultFound(check, detail)
}
