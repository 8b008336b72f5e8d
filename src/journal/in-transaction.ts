import type { ClientSession, Connection, Model } from 'mongoose'
import type { By } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { native } from '../platform/mongo/index.ts'
import { answeredInTime } from './answered-in-time.ts'
import { isDuplicateKeyIn, isTransient } from './database-errors.ts'
import type { Fact } from './journal-line.ts'
import { journalModels } from './journal-model.ts'
import { recordFacts } from './record-facts.ts'
import type { LiveNote } from './record-facts.ts'
import type { RequestRecord } from './request-record.ts'
import { doneRecord, isRecorded, refusedRecord, replay, requestId } from './request-record.ts'
import { retryConflicts } from './retry-conflicts.ts'
import { openSlip } from './slip.ts'
import type { Together } from './together.ts'
import { createTogether } from './together.ts'
import { withSession } from './with-session.ts'

/** What the body of a transaction works with. */
export interface Tx {
  readonly session: ClientSession
  /** The moment of the change, the same for all that the transaction writes. */
  readonly at: Date
  readonly by: By
  readonly county: string
  /** Writes a journal line and its outbox row together with the change. */
  announce(fact: Fact): void
  /** Tells screens only: an outbox row without a journal line, for records that carry their own chain. */
  tell(note: LiveNote): void
}

export interface TransactionOptions {
  /** Keep the outcome of this key for ever: commands that move money. */
  readonly keepForever?: boolean
}

/**
 * Runs a change, its journal lines, its outbox rows and the record of its idempotency key as one transaction.
 *
 * The body may run again after a conflict, so it reads the state it expects first and works on plain objects. The answer must be
 * plain JSON: it is stored, and the same key gives it again.
 *
 * @throws DomainError what the body refuses; `key.other_body`; `outcome.unknown` when five seconds were not enough
 */
export interface InTransaction {
  <T>(by: By, body: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** Several requests as one transaction, each with a record of its own. */
  readonly together: Together
}

export interface InTransactionNeeds {
  readonly connection: Connection
  readonly clock: Clock
  /** Wakes the announcer of a county after a commit. Must not throw. */
  readonly wake: (county: string) => void
  /** How long a caller waits in all, retries included. Milliseconds; five seconds unless said. */
  readonly budgetMs?: number
}

/** Our own limit for a request and its retries, far below the driver's 120 s. Milliseconds. Source: ledger research 2.4. */
const RETRY_BUDGET_MS = 5_000

/** Makes `inTransaction` for a database. */
export function createInTransaction(needs: InTransactionNeeds): InTransaction {
  const { connection, clock, wake, budgetMs = RETRY_BUDGET_MS } = needs
  const models = journalModels(connection)

  async function inTransaction<T>(by: By, body: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const county = by.actor.county
    try {
      const answer = await answeredInTime(() => retryConflicts(() => attempt(by, body, options), budgetMs), budgetMs)
      wake(county)
      return answer
    } catch (error) {
      const record = await earlierOutcome(models.requests, by, error)
      if (record) return replay(record, by) as T
      if (error instanceof DomainError && !(await recordRefusal(by, error, options))) {
        const first = await earlierOutcome(models.requests, by, error)
        if (first) return replay(first, by) as T
      }
      throw error
    }
  }

  function attempt<T>(by: By, body: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> {
    return withSession(connection, async (session) => {
      const slip = openSlip(session, clock.now(), by)
      const answer = await body(slip.tx)
      await recordFacts(models, [slip])
      await native(models.requests).insertOne(doneRecord(by, slip.tx.at, answer, options), { session })
      return answer
    })
  }

  /** False when another attempt with the same key was recorded in between: its outcome is the first one. */
  async function recordRefusal(by: By, error: DomainError, options: TransactionOptions): Promise<boolean> {
    if (!isRecorded(error)) return true
    try {
      await native(models.requests).insertOne(refusedRecord(by, clock.now(), error, options))
      return true
    } catch (failure) {
      if (isDuplicateKeyIn(failure, 'requests')) return false
      throw failure
    }
  }

  return Object.assign(inTransaction, { together: createTogether(needs) })
}

/**
 * The outcome an earlier run of the same key left, if any: a commit whose reply was lost, a double click, or another process.
 *
 * Looked for only when this run failed, so the usual path pays nothing for it; and not where the database was too slow already.
 */
async function earlierOutcome(requests: Model<RequestRecord>, by: By, error: unknown): Promise<RequestRecord | null> {
  if (error instanceof DomainError && error.code === 'outcome.unknown') return null
  if (!(error instanceof DomainError) && !isDuplicateKeyIn(error, 'requests') && !isTransient(error)) return null
  return requests.findById(requestId(by.actor.county, by.key)).lean<RequestRecord>()
}
