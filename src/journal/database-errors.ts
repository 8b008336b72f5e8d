import { MongoError, MongoNetworkError } from 'mongodb'

const DUPLICATE_KEY = 11000

/**
 * Whether the same transaction may simply be run again: a write conflict, a lost connection, an unknown transaction.
 *
 * When a server dies the driver labels only the first connection's error; the others arrive bare. Running again is safe: the record of the key is
 * unique, so a commit whose reply was lost is found and answered.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof MongoNetworkError) return true
  return error instanceof MongoError && (error.hasErrorLabel('TransientTransactionError') || isUnknownCommit(error))
}

/** Whether a commit was sent but its reply was lost. */
export function isUnknownCommit(error: unknown): boolean {
  return error instanceof MongoError && error.hasErrorLabel('UnknownTransactionCommitResult')
}

/** Whether a unique index of the collection refused the write. */
export function isDuplicateKeyIn(error: unknown, collection: string): boolean {
  return isDuplicateKey(error) && new RegExp(`\\.${collection}\\b`).test(error.message)
}

/** Whether any unique index refused the write. */
export function isDuplicateKey(error: unknown): error is MongoError {
  return error instanceof MongoError && error.code === DUPLICATE_KEY
}
