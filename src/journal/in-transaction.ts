import type { ClientSession, Connection, Model } from 'mongoose'
import type { By } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError, statusOfCode } from '../shared/errors.ts'
import { native } from '../platform/mongo/index.ts'
import { isDuplicateKeyIn, isTransient, isUnknownCommit } from './database-errors.ts'
import type { Fact } from './journal-line.ts'
import { journalModels } from './journal-model.ts'
import { recordFacts } from './record-facts.ts'
import type { LiveNote } from './record-facts.ts'
import type { RequestRecord } from './request-record.ts'
import { KEPT_DAYS, replay, requestId } from './request-record.ts'

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
 * @throws DomainError what the body refuses; `key.other_body`; `outcome.unknown` when five seconds of conflicts were not enough
 */
export type InTransaction = <T>(by: By, body: (tx: Tx) => Promise<T>, options?: TransactionOptions) => Promise<T>

export interface InTransactionNeeds {
  readonly connection: Connection
  readonly clock: Clock
  /** Wakes the announcer of a county after a commit. Must not throw. */
  readonly wake: (county: string) => void
}

/** Our own limit for retries, far below the driver's 120 s. Milliseconds. Source: ledger research 2.4. */
const RETRY_BUDGET_MS = 5_000

const TRANSACTION = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true },
  readPreference: 'primary',
} as const

/** Makes `inTransaction` for a database. */
export function createInTransaction({ connection, clock, wake }: InTransactionNeeds): InTransaction {
  const models = journalModels(connection)

  return async (by, body, options = {}) => {
    const county = by.actor.county
    try {
      const answer = await retryConflicts(() => attempt(by, body, options))
      wake(county)
      return answer
    } catch (error) {
      const record = await earlierOutcome(models.requests, by, error)
      if (record) return replay(record, by) as Awaited<ReturnType<typeof body>>
      if (error instanceof DomainError && !(await recordRefusal(by, error, options))) {
        const first = await earlierOutcome(models.requests, by, error)
        if (first) return replay(first, by) as Awaited<ReturnType<typeof body>>
      }
      throw error
    }
  }

  async function attempt<T>(by: By, body: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> {
    const county = by.actor.county
    const at = clock.now()
    const facts: Fact[] = []
    const notes: LiveNote[] = []
    const session = await connection.startSession()
    try {
      session.startTransaction(TRANSACTION)
      const tx: Tx = { session, at, by, county, announce: (f) => facts.push(f), tell: (n) => notes.push(n) }
      const answer = await body(tx)
      await recordFacts(models, tx, facts, notes)
      await native(models.requests).insertOne(doneRecord(by, at, answer, options), { session })
      await commit(session)
      return answer
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined)
      throw error
    } finally {
      await session.endSession()
    }
  }

  /** False when another attempt with the same key was recorded in between: its outcome is the first one. */
  async function recordRefusal(by: By, error: DomainError, options: TransactionOptions): Promise<boolean> {
    if (statusOfCode(error.code) !== 422) return true
    const { code, message, details } = error
    const record = {
      ...emptyRecord(by, clock.now(), options),
      outcome: 'refused' as const,
      refusal: { code, message, details },
    }
    try {
      await native(models.requests).insertOne(record)
      return true
    } catch (failure) {
      if (isDuplicateKeyIn(failure, 'requests')) return false
      throw failure
    }
  }
}

function emptyRecord(by: By, at: Date, options: TransactionOptions): Omit<RequestRecord, 'outcome'> {
  const { county } = by.actor
  const record = { _id: requestId(county, by.key), county, bodyHash: by.bodyHash, at }
  return options.keepForever ? record : { ...record, expiresAt: new Date(at.getTime() + KEPT_DAYS * 86_400_000) }
}

function doneRecord(by: By, at: Date, answer: unknown, options: TransactionOptions): RequestRecord {
  return { ...emptyRecord(by, at, options), outcome: 'done', answer: answer ?? null }
}

/**
 * The outcome an earlier run of the same key left, if any: a commit whose reply was lost, a double click, or another process.
 *
 * Looked for only when this run failed, so the usual path pays nothing for it.
 */
async function earlierOutcome(requests: Model<RequestRecord>, by: By, error: unknown): Promise<RequestRecord | null> {
  if (!(error instanceof DomainError) && !isDuplicateKeyIn(error, 'requests') && !isTransient(error)) return null
  return requests.findById(requestId(by.actor.county, by.key)).lean<RequestRecord>()
}

async function retryConflicts<T>(run: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  for (let tries = 0; ; tries += 1) {
    try {
      return await run()
    } catch (error) {
      if (!isTransient(error) && !isDuplicateKeyIn(error, 'journal')) throw error
      if (performance.now() - startedAt > RETRY_BUDGET_MS)
        throw new DomainError('outcome.unknown', 'The database was too busy; retry with the same key', {
          cause: String(error),
        })
      await pause(Math.random() * Math.min(5 * 1.6 ** tries, 250))
    }
  }
}

async function commit(session: ClientSession): Promise<void> {
  try {
    await session.commitTransaction()
  } catch (error) {
    if (!isUnknownCommit(error)) throw error
    await session.commitTransaction()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
