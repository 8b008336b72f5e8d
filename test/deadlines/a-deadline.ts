import type { Connection } from 'mongoose'
import type { Deadlines, DeadlineStore, NewDeadline } from '../../src/deadlines/index.ts'
import { createDeadlines, createDeadlineStore, deadlineModel } from '../../src/deadlines/index.ts'
import type { InTransaction, OutboxRow, Tx } from '../../src/journal/index.ts'
import { createInTransaction, journalModels } from '../../src/journal/index.ts'
import { native } from '../../src/platform/mongo/index.ts'
import type { Calendars, Policies, PolicyStore } from '../../src/policy/index.ts'
import { createPolicies, createPolicyStore, policyModels } from '../../src/policy/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { byOf } from '../support/actors.ts'
import { testStores } from '../support/database.ts'

/** A clock that stands still until it is set. */
export interface SetClock {
  now(): Date
  set(moment: string): void
}

export function aClock(moment: string): SetClock {
  let at = new Date(moment)
  return { now: () => at, set: (next) => void (at = new Date(next)) }
}

/** Deadlines on the real database, with a clock that is set by hand. */
export interface DeadlineWorld {
  readonly connection: Connection
  readonly clock: SetClock
  readonly deadlineStore: DeadlineStore
  readonly deadlines: Deadlines
  readonly policyStore: PolicyStore
  readonly policies: Policies
  readonly calendar: Calendars
  readonly inTransaction: InTransaction
  /** Transactions that bear another clock's time. */
  inTransactionAt(other: Clock): InTransaction
  /** Runs steps in a transaction of the county's system. */
  inCounty<T>(county: string, body: (tx: Tx) => Promise<T>): Promise<T>
  /** What was announced on a stream, in order. */
  announced(county: string, stream: string): Promise<readonly OutboxRow[]>
}

export async function aDeadlineWorld(moment: string): Promise<DeadlineWorld> {
  const { connection } = await testStores((opened) => {
    policyModels(opened)
    deadlineModel(opened)
    journalModels(opened)
  })
  const clock = aClock(moment)
  const policyStore = createPolicyStore(connection)
  const { policies, calendar } = createPolicies(policyStore)
  const deadlineStore = createDeadlineStore(connection)
  const inTransaction = createInTransaction({ connection, clock, wake: () => undefined })
  const { outbox } = journalModels(connection)
  return {
    connection,
    clock,
    deadlineStore,
    deadlines: createDeadlines({ store: deadlineStore, calendar }),
    policyStore,
    policies,
    calendar,
    inTransaction,
    inTransactionAt: (other) => createInTransaction({ connection, clock: other, wake: () => undefined }),
    async inCounty(county, body) {
      let answer: Awaited<ReturnType<typeof body>> | undefined
      await inTransaction(byOf(systemActor(county)), async (tx) => {
        answer = await body(tx)
        return null
      })
      return answer as Awaited<ReturnType<typeof body>>
    },
    async announced(county, stream) {
      const rows = await native(outbox).find({ county, stream }).sort({ seq: 1 }).toArray()
      return rows
    },
  }
}

/** A clock of a case that waits for an acknowledgement, due in half an hour. */
export function anAckClock(subject: string, startedAt: Date, more: Partial<NewDeadline> = {}): NewDeadline {
  return {
    subject,
    name: 'dispatch.ack',
    unit: '320614103',
    staffId: 'D-常乐',
    startedAt,
    dueAt: new Date(startedAt.getTime() + 30 * 60_000),
    rule: { key: 'dispatch.ack_P1_min', value: 30, unit: 'min', source: 'TIANJIN_HOTLINE' },
    ...more,
  }
}

/** A clock of five working days. */
export function aSupplementClock(
  subject: string,
  startedAt: Date,
  dueAt: Date,
  more: Partial<NewDeadline> = {},
): NewDeadline {
  return {
    ...anAckClock(subject, startedAt),
    name: 'advance.supplement',
    dueAt,
    rule: { key: 'advance.supplement', value: { n: 5, unit: 'WD' }, unit: 'span', source: 'ZOUPING_2018' },
    ...more,
  }
}
