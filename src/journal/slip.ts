import type { ClientSession } from 'mongoose'
import type { By } from '../shared/actor.ts'
import type { Tx } from './in-transaction.ts'
import type { Fact } from './journal-line.ts'
import type { LiveNote } from './record-facts.ts'

/** A request's part of a transaction, with what it has told so far. */
export interface Slip {
  readonly tx: Tx
  readonly facts: readonly Fact[]
  readonly notes: readonly LiveNote[]
}

/** An empty slip: what the body announces is noted down and written after it. */
export function openSlip(session: ClientSession, at: Date, by: By): Slip {
  const facts: Fact[] = []
  const notes: LiveNote[] = []
  const { county } = by.actor
  const tx: Tx = { session, at, by, county, announce: (f) => facts.push(f), tell: (n) => notes.push(n) }
  return { tx, facts, notes }
}
