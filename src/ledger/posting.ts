import type { Fen } from '../shared/fen.ts'
import type { Account } from './chart.ts'
import type { HoldNote } from './entry.ts'
import type { FundId, FundOpening, FundStatus } from './fund.ts'
import type { EntryKind } from './purposes.ts'

/** Money going from the credited to the debited account of one fund. Balanced by its shape. */
export interface Move {
  readonly debit: Account
  readonly debitSub?: string
  readonly credit: Account
  readonly creditSub?: string
  readonly amountFen: Fen
}

/** A hold about to be placed (its id is its entry's) or resolved. */
export type HoldStep = Omit<HoldNote, 'id'> & { readonly id?: string }

/** One fund's share of an event, before it has a place in the fund's order. */
export interface Posting {
  readonly fundId: FundId
  readonly kind: EntryKind
  readonly moves: readonly Move[]
  readonly hold?: HoldStep
  readonly caseNo?: string
  readonly opening?: FundOpening
  readonly status?: FundStatus
  /** How the fixed sum of the fund changes; below zero when it shrinks. Fen. */
  readonly floatChangeFen?: Fen
  /** Id of the entry it undoes. */
  readonly reverses?: string
  /** The month to be closed. */
  readonly close?: string
}
