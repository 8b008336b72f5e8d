import { MongoError } from 'mongodb'
import type { Outcome, Tx } from '../../../src/journal/index.ts'
import type { LedgerServices, LedgerStore } from '../../../src/ledger/index.ts'
import { createFundQueue } from '../../../src/ledger/index.ts'
import type { Decision, Ground } from '../../../src/ledger/ground.ts'
import { afterDecision } from '../../../src/ledger/ground.ts'
import type { By } from '../../../src/shared/actor.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import type { PaperLedger } from '../paper-ledger.ts'

/** Lets everything else go on for as long as the test's scheduler likes. */
export type Pause = (label: string) => Promise<void>

/**
 * A database in memory that several processes share: each transaction works on what it saw at its beginning, and the first to commit a head wins.
 *
 * Every step that is an answer of a database in truth waits here until the scheduler lets it go on.
 */
export interface MemoryLedger {
  readonly paper: PaperLedger
  /** A process: a fund queue of its own, the same database. */
  process(): LedgerServices
  /** How often a commit came too late and was run again. */
  conflicts: number
  /** How many requests were committed together with others. */
  shared: number
}

/** What a transaction has seen and written. */
interface Work {
  readonly seen: Ground
  readonly records: ReadonlyMap<string, Kept>
  writes: { readonly stoodOn: Ground; readonly decision: Decision }[]
}

/** What a key was answered. */
type Kept = Outcome<unknown>

/** Marks a transaction that lost a conflict. */
class Conflict extends Error {}

const sessions = new WeakMap<object, Work>()

/** @param paper - where it starts from; what is committed is added to it */
export function memoryLedger(paper: PaperLedger, pause: Pause): MemoryLedger {
  const records = new Map<string, Kept>()
  const memory: MemoryLedger = {
    paper,
    conflicts: 0,
    shared: 0,
    process: () => ({ ledger, fundQueue: createFundQueue(), inTransaction: Object.assign(alone, { together }) }),
  }

  const ledger = {
    async ground(tx: Tx) {
      await pause('ground')
      return workOf(tx).seen
    },
    undone: () => Promise.resolve({ entries: new Map(), reversed: new Set() }),
    async write(tx: Tx, stoodOn: Ground, decision: Decision) {
      await pause('write')
      workOf(tx).writes.push({ stoodOn, decision })
    },
  } as unknown as LedgerStore

  async function alone<T>(by: By, body: (tx: Tx) => Promise<T>): Promise<T> {
    const first = records.get(by.key)
    if (first) return answerOf(first) as T
    for (;;) {
      try {
        const tx = begin(by)
        const answer = await body(tx)
        await commit([tx], [{ answer }])
        return answer
      } catch (error) {
        const record = records.get(by.key)
        if (record) return answerOf(record) as T
        if (error instanceof DomainError) {
          await pause('refuse')
          const meanwhile = records.get(by.key) ?? { refusal: error }
          records.set(by.key, meanwhile)
          return answerOf(meanwhile) as T
        }
        if (!(error instanceof Conflict)) throw error
      }
    }
  }

  async function together<T>(
    requests: readonly By[],
    body: (txs: readonly Tx[]) => Promise<readonly Outcome<T>[]>,
  ): Promise<readonly Outcome<T>[]> {
    await pause('begin')
    const known = new Map(requests.flatMap(({ key }) => (records.has(key) ? [[key, records.get(key)!] as const] : [])))
    const fresh = requests.filter(({ key }) => !known.has(key))
    const session = {}
    const txs = fresh.map((by) => begin(by, session))
    const outcomes = fresh.length === 0 ? [] : await body(txs)
    await commit(txs, outcomes)
    memory.shared += txs.length > 1 ? txs.length : 0
    return requests.map((by) => (known.get(by.key) ?? outcomes[fresh.indexOf(by)]) as Outcome<T>)
  }

  function begin(by: By, session: object = {}): Tx {
    if (!sessions.has(session)) sessions.set(session, { seen: paper.ground, records: new Map(records), writes: [] })
    const quiet = (): void => undefined
    return { session, at: paper.now, by, county: by.actor.county, announce: quiet, tell: quiet } as unknown as Tx
  }

  /** All at once, unless somebody else moved a head or took a key since the transaction began. */
  async function commit(txs: readonly Tx[], outcomes: readonly Outcome<unknown>[]): Promise<void> {
    await pause('commit')
    const [tx] = txs
    if (!tx) return
    const { writes } = workOf(tx)
    const moved = writes.some(({ stoodOn, decision }) =>
      decision.heads.some(({ fundId }) => stoodOn.heads.get(fundId)?.ver !== paper.ground.heads.get(fundId)?.ver),
    )
    if (moved || txs.some(({ by }) => records.has(by.key))) {
      memory.conflicts += 1
      throw new Conflict('somebody was faster')
    }
    for (const { decision } of writes) {
      paper.ground = afterDecision(paper.ground, decision)
      paper.entries.push(...decision.entries)
    }
    txs.forEach(({ by }, index) => records.set(by.key, outcomes[index] as Kept))
  }

  return memory
}

function workOf({ session }: Tx): Work {
  const work = sessions.get(session)
  if (!work) throw new MongoError('No such transaction')
  return work
}

function answerOf(record: Kept): unknown {
  if ('refusal' in record) throw record.refusal
  return record.answer
}
