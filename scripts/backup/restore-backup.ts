import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { EJSON } from 'bson'
import { MongoClient } from 'mongodb'
import type { Collection, Db, Document, IndexSpecification } from 'mongodb'
import { FILES, filesIn } from './copy-files.ts'
import { readVerified } from './manifest.ts'
import type { CollectionCopy, Manifest } from './manifest.ts'
import { readDocuments } from './read-documents.ts'

export interface RestoreOptions {
  /** Names the database in its path. */
  readonly mongoUri: string
  readonly dataDir: string
  /** Folder of the backup. */
  readonly from: string
  /** Replaces what the database holds. */
  readonly force: boolean
  readonly log: (line: string) => void
}

/** Collections under restoration stand beside the old ones under names of their own. */
const BESIDE = 'restoring.'

/**
 * Puts a backup back: verified first, loaded beside what is there, then put in its place.
 *
 * Interrupted while loading, nothing has changed; interrupted while putting in place, which takes a moment, it is to be run
 * again with `--force`, and the message says so.
 *
 * @throws Error with one line: a damaged backup, a database or file store that is not empty
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { mongoUri, from, force, log } = options
  const folder = resolve(from)
  const manifest = await readVerified(folder)
  const client = await new MongoClient(mongoUri, { retryWrites: false }).connect()
  try {
    const db = client.db()
    if (!force) await requireEmpty(db, options.dataDir)
    await dropBeside(db)
    for (const copy of manifest.collections) {
      await load(db, folder, copy)
      log(`${copy.name}: ${copy.documents}`)
    }
    const putFiles = await loadFiles(folder, options.dataDir, manifest)
    await putInPlace(db, manifest)
    await putFiles()
    return manifest
  } finally {
    await client.close()
  }
}

async function requireEmpty(db: Db, dataDir: string): Promise<void> {
  for (const name of await collectionNames(db)) {
    if (name.startsWith(BESIDE) || !(await db.collection(name).findOne())) continue
    throw new Error(
      `数据库 ${db.databaseName} 不是空的 · The database is not empty (${name}): use --force to replace it`,
    )
  }
  if ((await filesIn(join(dataDir, FILES))).length > 0) {
    throw new Error('DATA_DIR/files 不是空的 · DATA_DIR/files is not empty: use --force to replace it')
  }
}

async function load(db: Db, folder: string, copy: CollectionCopy): Promise<void> {
  const collection = await db.createCollection(BESIDE + copy.name)
  let documents = 0
  for await (const batch of readDocuments(join(folder, copy.path))) {
    await collection.insertMany(batch, { ordered: true })
    documents += batch.length
  }
  if (documents !== copy.documents) throw new Error(`${copy.name}: ${documents} of ${copy.documents} documents`)
  for (const index of copy.indexes) await buildIndex(collection, EJSON.deserialize(index) as Document)
}

/** Everything a listed index has is an option, except its keys and what the server adds. */
async function buildIndex(collection: Collection, index: Document): Promise<void> {
  const options = Object.entries(index).filter(([name]) => !['key', 'v', 'ns'].includes(name))
  await collection.createIndex(index['key'] as IndexSpecification, Object.fromEntries(options), {})
}

/** Copies the files beside the store and gives what puts them in its place; the old ones are kept aside. */
async function loadFiles(folder: string, dataDir: string, manifest: Manifest): Promise<() => Promise<void>> {
  const store = join(dataDir, FILES)
  const beside = `${store}.restoring`
  await rm(beside, { recursive: true, force: true })
  await mkdir(beside, { recursive: true })
  for (const { path } of manifest.files) {
    const to = join(beside, path.slice(FILES.length + 1))
    await mkdir(dirname(to), { recursive: true })
    await cp(join(folder, path), to)
  }
  return async () => {
    await rm(`${store}.before`, { recursive: true, force: true })
    await rename(store, `${store}.before`).catch(ignoreMissing)
    await rename(beside, store)
  }
}

async function putInPlace(db: Db, manifest: Manifest): Promise<void> {
  try {
    const kept = new Set(manifest.collections.map(({ name }) => name))
    for (const name of kept) await db.renameCollection(BESIDE + name, name, { dropTarget: true })
    for (const name of await collectionNames(db)) if (!kept.has(name)) await db.dropCollection(name)
  } catch (error) {
    throw new Error(
      '恢复在替换时中断，请用 --force 再运行一次 · Broken off while putting it in place: run it again with --force',
      {
        cause: error,
      },
    )
  }
}

async function dropBeside(db: Db): Promise<void> {
  for (const name of await collectionNames(db)) if (name.startsWith(BESIDE)) await db.dropCollection(name)
}

async function collectionNames(db: Db): Promise<string[]> {
  const listed = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray()
  return listed.map(({ name }) => name).filter((name) => !name.startsWith('system.'))
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
