import type { ClientSession } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { InTransactionNeeds, Tx } from './in-transaction.ts'
import { journalModels } from './journal-model.ts'
import { recordFacts } from './record-facts.ts'
import type { RequestRecord } from './request-record.ts'
import { doneRecord, isRecorded, refusedRecord, replay, requestId } from './request-record.ts'
import { retryConflicts } from './retry-conflicts.ts'
import type { Slip } from './slip.ts'
import { openSlip } from './slip.ts'
import { withSession } from './with-session.ts'

/** What became of one of the requests that shared a transaction. */
export type Outcome<T> = { readonly answer: T } | { readonly refusal: DomainError }

/**
 * Runs several requests of one county as one transaction: each with its own key, record, journal lines and outbox rows, all of them
 * committed at once or none.
 *
 * The body is given one `Tx` per request that has no outcome yet, and says what became of each, in the same order. A refused request must
 * have written nothing; its record is committed with the others, so that it stays ordered against them. Records are kept for ever.
 *
 * @param requests - no key twice
 * @throws whatever went wrong for the group as a whole: nothing was committed, or nobody knows, and each request is to be run alone
 */
export type Together = <T>(
  requests: readonly By[],
  body: (txs: readonly Tx[]) => Promise<readonly Outcome<T>[]>,
) => Promise<readonly Outcome<T>[]>

/** How long a group is tried again before each of its requests is on its own. Milliseconds. */
const GROUP_BUDGET_MS = 300

const KEPT = { keepForever: true } as const

/** Makes `together` for a database. */
export function createTogether({ connection, clock, wake }: InTransactionNeeds): Together {
  const models = journalModels(connection)

  return async <T>(
    requests: readonly By[],
    body: (txs: readonly Tx[]) => Promise<readonly Outcome<T>[]>,
  ): Promise<readonly Outcome<T>[]> => {
    const outcomes = await retryConflicts(() => attempt(requests, body), GROUP_BUDGET_MS)
    for (const county of new Set(requests.map(countyOf))) wake(county)
    return outcomes
  }

  function attempt<T>(
    requests: readonly By[],
    body: (txs: readonly Tx[]) => Promise<readonly Outcome<T>[]>,
  ): Promise<readonly Outcome<T>[]> {
    return withSession(connection, async (session) => {
      const earlier = await earlierOutcomes(session, requests)
      const fresh = requests.filter((by) => !earlier.has(idOf(by)))
      const slips = fresh.map((by) => openSlip(session, clock.now(), by))
      const outcomes = fresh.length === 0 ? [] : await body(slips.map(({ tx }) => tx))
      await record(session, slips, outcomes)
      const made = new Map(fresh.map((by, index) => [idOf(by), outcomes[index]]))
      return requests.map((by) => {
        const first = earlier.get(idOf(by))
        return first ? replayed<T>(first, by) : (made.get(idOf(by)) as Outcome<T>)
      })
    })
  }

  async function earlierOutcomes(session: ClientSession, requests: readonly By[]): Promise<Map<string, RequestRecord>> {
    const found = await native(models.requests)
      .find<RequestRecord>({ _id: { $in: requests.map(idOf) } }, { session })
      .toArray()
    return new Map(found.map((one) => [one._id, one]))
  }

  /** What was refused has told nothing. */
  async function record(
    session: ClientSession,
    slips: readonly Slip[],
    outcomes: readonly Outcome<unknown>[],
  ): Promise<void> {
    await recordFacts(
      models,
      slips.filter((_slip, index) => !isRefusal(outcomes[index])),
    )
    const records = slips.flatMap(({ tx: { by, at } }, index) => recordOf(by, at, outcomes[index]) ?? [])
    if (records.length > 0) await native(models.requests).insertMany(records, { session })
  }
}

function recordOf(by: By, at: Date, outcome: Outcome<unknown> | undefined): RequestRecord | undefined {
  if (!outcome) throw new TypeError('Every request of a group has an outcome')
  if (!('refusal' in outcome)) return doneRecord(by, at, outcome.answer, KEPT)
  return isRecorded(outcome.refusal) ? refusedRecord(by, at, outcome.refusal, KEPT) : undefined
}

function isRefusal(outcome: Outcome<unknown> | undefined): boolean {
  return outcome !== undefined && 'refusal' in outcome
}

function replayed<T>(first: RequestRecord, by: By): Outcome<T> {
  try {
    return { answer: replay(first, by) as T }
  } catch (error) {
    if (error instanceof DomainError) return { refusal: error }
    throw error
  }
}

function idOf(by: By): string {
  return requestId(by.actor.county, by.key)
}

function countyOf({ actor }: By): string {
  return actor.county
}
