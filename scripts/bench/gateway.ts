import { randomUUID } from 'node:crypto'
import { MongoClient } from 'mongodb'
import type { ClientSession, Db } from 'mongodb'
import { say } from '../run/say.ts'
import { surroundings, withDatabase } from '../run/services-environment.ts'

import type { BenchRow } from './row.ts'
const DATABASE = 'bench_gateway'
const COLLECTIONS = ['intakes', 'cases', 'clocks', 'journal', 'outbox', 'keys'] as const
const CLIENTS = [1, 10, 20] as const
const TEXT = '因房屋火灾无处居住，需要临时安置与生活救助。'.repeat(6)

/**
 * What database and gateway give without the product: transactions of one find, seven writes and thirteen documents of about
 * 900 bytes in six collections with two indexes each, which is what an intake writes.
 */
export async function run({ seconds }: { readonly seconds: number }): Promise<BenchRow[]> {
  const { env, services } = await surroundings({ log: say, makeSecrets: true })
  const client = await new MongoClient(withDatabase(env['MONGODB_URI'] ?? '', DATABASE), { maxPoolSize: 24 }).connect()
  try {
    const rows: BenchRow[] = []
    for (const clients of CLIENTS) rows.push(await measure(client, clients, seconds))
    await client.db().dropDatabase()
    return rows
  } finally {
    await client.close()
    await services.stop()
  }
}

async function measure(client: MongoClient, clients: number, seconds: number): Promise<BenchRow> {
  const db = client.db()
  await prepare(db)
  const durations: number[] = []
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  const work = async (worker: number): Promise<void> => {
    while (performance.now() < until) {
      const from = performance.now()
      await client.withSession((session) => session.withTransaction(() => writeIntake(db, worker, session)))
      durations.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, worker) => work(worker)))
  const elapsed = (performance.now() - startedAt) / 1_000
  const lost = durations.length - (await db.collection('intakes').countDocuments())
  durations.sort((one, other) => one - other)
  const at = (share: number): number => Math.round((durations[Math.floor(durations.length * share)] ?? 0) * 10) / 10
  const name = `transactions-${clients}`
  return {
    name,
    perSecond: Math.round(durations.length / elapsed),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    lost,
  }
}

async function prepare(db: Db): Promise<void> {
  await db.dropDatabase()
  for (const name of COLLECTIONS) {
    await db.collection(name).createIndex({ county: 1, no: 1 }, { unique: true }, {})
    await db.collection(name).createIndex({ unit: 1, status: 1, dueAt: 1 }, {}, {})
  }
  await db
    .collection<{ _id: number; seq: number }>('heads')
    .insertMany([...Array(20).keys()].map((_id) => ({ _id, seq: 0 })))
}

async function writeIntake(db: Db, worker: number, session: ClientSession): Promise<void> {
  await db.collection('keys').findOne({ county: '320614', no: `none-${worker}` }, { session })
  await db.collection('intakes').insertOne(aDocument(), { session })
  await db.collection('cases').insertOne(aDocument(), { session })
  await db.collection('clocks').insertMany([aDocument(), aDocument(), aDocument()], { session })
  await db
    .collection<{ _id: number; seq: number }>('heads')
    .updateOne({ _id: worker % 20 }, { $inc: { seq: 1 } }, { session })
  await db.collection('journal').insertMany([aDocument(), aDocument(), aDocument()], { session })
  await db.collection('outbox').insertMany([aDocument(), aDocument(), aDocument()], { session })
  await db.collection('keys').insertOne(aDocument(), { session })
}

function aDocument(): object {
  const at = new Date()
  return {
    county: '320614',
    no: randomUUID(),
    unit: '320614103',
    status: 'open',
    dueAt: at,
    text: TEXT,
    at,
    by: { staffId: 'a', name: 'b' },
  }
}
