import type { Connection } from 'mongoose'
import mongoose from 'mongoose'

/** How long a command may wait for a reachable primary. Milliseconds. */
const SERVER_SELECTION_MS = 8_000

/**
 * Opens the connection that all stores share.
 *
 * Collections and indexes are made by `migrate`, so mongoose makes none by itself; a filter with an unknown field is a mistake, not "everything".
 *
 * @param uri - names a replica set; the database's name stands in its path
 */
export async function connectMongo(uri: string, options: { readonly maxPoolSize?: number } = {}): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    maxPoolSize: options.maxPoolSize ?? 24,
    retryWrites: false,
    ignoreUndefined: true,
  })
  await connection.asPromise()
  return connection
}
