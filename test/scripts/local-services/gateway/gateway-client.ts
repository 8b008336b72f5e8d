import { MongoClient } from 'mongodb'
import type { Collection, CreateIndexesOptions, Db, Document, IndexSpecification, MongoClientOptions } from 'mongodb'

/** Address of the gateway under test. */
export function gatewayUri(): string {
  const uri = process.env['MONGODB_URI']
  if (!uri) throw new Error('MONGODB_URI is not set: run the tests by `npm test`, which brings up the services')
  return uri
}

/** A client of its own, connected. */
export function connectClient(options: MongoClientOptions = {}, uri = gatewayUri()): Promise<MongoClient> {
  return new MongoClient(uri, { serverSelectionTimeoutMS: 10_000, ...options }).connect()
}

/**
 * A client and an empty database for one test file; both are given up when its tests are done.
 *
 * @param name - of the test file
 */
export function useDatabase(name: string): { readonly client: MongoClient; readonly db: Db } {
  const held: { client?: MongoClient; db?: Db } = {}
  before(async () => {
    held.client = await connectClient()
    held.db = held.client.db(`conformance_${name}_${process.pid}`)
    await held.db.dropDatabase()
  })
  after(async () => {
    await held.db?.dropDatabase()
    await held.client?.close()
  })
  return {
    get client() {
      return held.client!
    },
    get db() {
      return held.db!
    },
  }
}

/** What a command failed with. @throws Error when it did not fail */
export async function failureOf(command: Promise<unknown>): Promise<Document & Error> {
  const outcome = await command.then(
    () => undefined,
    (error: unknown) => error as Document & Error,
  )
  if (!outcome) throw new Error('It was expected to fail, and did not')
  return outcome
}

/** Builds an index and gives its name. */
export function buildIndex<T extends Document>(
  collection: Collection<T>,
  key: IndexSpecification,
  options: CreateIndexesOptions = {},
): Promise<string> {
  return collection.createIndex(key, options, {})
}
