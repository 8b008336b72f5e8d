import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { EJSON } from 'bson'
import type { ClientSession, Db, MongoClient } from 'mongodb'
import type { CollectionCopy } from './manifest.ts'

/** Documents fetched at a time. */
const BATCH = 1_000

/**
 * Copies every collection of a database as it was at one instant, into `collections/` of a folder.
 *
 * All are read inside one transaction, so the copy is of one moment however long it takes and whoever writes meanwhile.
 */
export async function copyDatabase(client: MongoClient, db: Db, folder: string): Promise<CollectionCopy[]> {
  await mkdir(join(folder, 'collections'), { recursive: true })
  const named = await namesAndIndexes(db)
  const session = client.startSession()
  session.startTransaction({ readConcern: { level: 'snapshot' } })
  try {
    const copies: CollectionCopy[] = []
    for (const { name, indexes } of named)
      copies.push({ ...(await copyCollection(db, name, folder, session)), indexes })
    return copies
  } finally {
    await session.abortTransaction()
    await session.endSession()
  }
}

type Indexes = CollectionCopy['indexes']

/** Asked before the transaction, inside which lists cannot be asked for. */
async function namesAndIndexes(db: Db): Promise<{ name: string; indexes: Indexes }[]> {
  const listed = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray()
  const names = listed.map(({ name }) => name).filter((name) => !name.startsWith('system.'))
  return Promise.all(names.sort().map(async (name) => ({ name, indexes: await indexesOf(db, name) })))
}

async function indexesOf(db: Db, name: string): Promise<Indexes> {
  const indexes = await db.collection(name).indexes()
  const own = indexes.filter((index) => index.name !== '_id_')
  return own.map((index) => EJSON.serialize(index, { relaxed: true }) as Record<string, unknown>)
}

async function copyCollection(
  db: Db,
  name: string,
  folder: string,
  session: ClientSession,
): Promise<Omit<CollectionCopy, 'indexes'>> {
  const path = `collections/${encodeURIComponent(name)}.bson`
  const hash = createHash('sha256')
  let documents = 0
  let bytes = 0

  async function* raw(): AsyncGenerator<Buffer> {
    const cursor = db.collection(name).find({}, { session, raw: true, batchSize: BATCH })
    for await (const each of cursor) {
      const document = each as unknown as Buffer
      documents += 1
      bytes += document.length
      hash.update(document)
      yield document
    }
  }

  await pipeline(raw, createWriteStream(join(folder, path)))
  return { name, path, documents, bytes, sha256: hash.digest('hex') }
}
