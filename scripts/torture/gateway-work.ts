import type { MongoClient } from 'mongodb'
import type { Db } from 'mongodb'

/** What the workers know about their transactions. */
export interface Ledger {
  /** Transactions whose commit was answered with yes. */
  readonly acknowledged: Set<string>
  /** Transactions that failed for good; whether they happened is not known. */
  readonly unknown: Set<string>
}

/** Workers that run transactions until they are told to stop. */
export interface Work extends Ledger {
  stop(): Promise<void>
}

/** Heads that the workers change; fewer than workers, so that they meet. */
export const HEADS = ['a', 'b', 'c', 'd'] as const

interface Head {
  _id: string
  count: number
}

/**
 * Starts workers that each write one transaction after the other: a left half, a right half, and a count in a head.
 *
 * A body does not look whether it ran before: if one is applied twice, it shows.
 */
export async function startWork(client: MongoClient, db: Db, workers: number): Promise<Work> {
  const heads = db.collection<Head>('heads')
  for (const _id of HEADS) await heads.updateOne({ _id }, { $setOnInsert: { count: 0 } }, { upsert: true })
  const ledger: Ledger = { acknowledged: new Set(), unknown: new Set() }
  let stopping = false
  const running = Array.from({ length: workers }, (_, worker) => work(worker))

  async function work(worker: number): Promise<void> {
    for (let serial = 0; !stopping; serial += 1) {
      const op = `${Date.now()}-${worker}-${serial}`
      const head = HEADS[(worker + serial) % HEADS.length] ?? 'a'
      await transfer(client, db, op, head).then(
        () => ledger.acknowledged.add(op),
        () => ledger.unknown.add(op),
      )
    }
  }

  return {
    ...ledger,
    async stop() {
      stopping = true
      await Promise.all(running)
    },
  }
}

async function transfer(client: MongoClient, db: Db, op: string, head: string): Promise<void> {
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await db.collection('left').insertOne({ op, head }, { session })
      await db.collection<Head>('heads').updateOne({ _id: head }, { $inc: { count: 1 } }, { session })
      await db.collection('right').insertMany([{ op, head }], { session })
    }),
  )
}
