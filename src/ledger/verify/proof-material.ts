import type { FundHead } from '../fund.ts'
import type { Seal } from '../periods/seal.ts'
import type { Checkpoint, FundPoint } from '../proof/checkpoint.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import type { Leaf } from '../proof/tree-store.ts'

/** A checkpoint somebody has kept: the note, and where each fund stood if that was kept with it. */
export interface KeptCheckpoint {
  readonly note: string
  readonly points?: readonly FundPoint[]
}

/** What proves a ledger beside its entries. */
export interface ProofMaterial {
  /** By county and index; left out when only some funds are verified. */
  readonly leaves?: readonly Leaf[]
  readonly checkpoints: readonly Checkpoint[]
  readonly seals: readonly Seal[]
  readonly keys: readonly LedgerKey[]
  /** Checkpoints kept outside: on paper, at the audit office, by a witness. */
  readonly kept?: readonly KeptCheckpoint[]
  /** The one fund that is verified, when it is only one. */
  readonly only?: string
  /** Keys known from outside. */
  readonly trusted?: readonly LedgerKey[]
}

/** What the entries say, as far as proofs are compared with it. */
export interface Replayed {
  /** Hash of an entry as it stands there; nothing when it does not. */
  hashOf(fundId: string, seq: number): string | undefined
  /** The last number there is in a fund; 0 for none. */
  lastSeq(fundId: string): number
  /** The head after the last entry of a month. */
  monthEnd(fundId: string, seq: number): FundHead | undefined
  /** Months closed by entries, by fund and number. */
  readonly closes: readonly ClosedMonth[]
}

/** A month as its closing entry tells it. */
export interface ClosedMonth {
  readonly fundId: string
  readonly period: string
  readonly closeSeq: number
  readonly closeHash: string
  readonly bySeq: number
  readonly closedAt: string
}
