import { serialize } from 'bson'
import type { Document } from 'bson'
import { codeName, engineCode } from './engine-codes.ts'
import { ConnectionLost, PostgresError } from './postgres/protocol.ts'
import { MalformedBson } from './wire/raw-bson.ts'

/** Codes the gateway itself answers with. Source: MongoDB, error_codes.yml. */
export const CODE = {
  internal: 1,
  badValue: 2,
  failedToParse: 9,
  illegalOperation: 20,
  lockTimeout: 24,
  namespaceNotFound: 26,
  cursorNotFound: 43,
  maxTimeExpired: 50,
  commandNotFound: 59,
  shuttingDown: 91,
  writeConflict: 112,
  notSupported: 115,
  noSuchTransaction: 251,
  notInTransaction: 263,
  duplicateKey: 11000,
  outOfDisk: 14031,
  keyTooLong: 17280,
} as const

/** The whole transaction may be run again. Source: MongoDB transactions specification. */
export const TRANSIENT = 'TransientTransactionError'

/** The commit may or may not have happened; sending it again is safe. Source: MongoDB transactions specification. */
export const UNKNOWN_COMMIT = 'UnknownTransactionCommitResult'

/** A command that failed, as the client will read it. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly code: number
  readonly labels: readonly string[]
  readonly extra: Readonly<Document>

  constructor(
    code: number,
    message: string,
    labels: readonly string[] = [],
    extra: Readonly<Document> = {},
    cause?: unknown,
  ) {
    super(message, { cause })
    this.code = code
    this.labels = labels
    this.extra = extra
  }
}

/** Answer that tells a failure. */
export function failureReply(failure: CommandFailure): Buffer {
  const { code, message, labels, extra } = failure
  const told = labels.length > 0 ? { errorLabels: labels } : {}
  return Buffer.from(serialize({ ok: 0, errmsg: message, code, codeName: codeName(code), ...told, ...extra }))
}

/**
 * Any error as a command's failure.
 *
 * @param inTransaction - adds the label that lets the client run the transaction again, where that helps
 */
export function asFailure(error: unknown, inTransaction: boolean): CommandFailure {
  const failure = translate(error)
  const again = inTransaction && AGAIN.has(failure.code) && !failure.labels.includes(TRANSIENT)
  return again
    ? new CommandFailure(failure.code, failure.message, [...failure.labels, TRANSIENT], failure.extra, error)
    : failure
}

/** Codes after which running the whole transaction again may succeed. */
const AGAIN: ReadonlySet<number> = new Set([
  CODE.lockTimeout,
  CODE.shuttingDown,
  CODE.writeConflict,
  CODE.noSuchTransaction,
])

/** MongoDB's code for a SQLSTATE, the engine's or PostgreSQL's own. */
export function codeOfState(state: string, message = ''): number {
  const known = engineCode(state) ?? STATES[state]
  if (known !== undefined) return known
  if (state.startsWith('57P') || state.startsWith('08')) return CODE.shuttingDown
  if (state === '54000' && message.includes('index row')) return CODE.keyTooLong
  return CODE.internal
}

/** Source: PostgreSQL manual, appendix A. */
const STATES: Readonly<Partial<Record<string, number>>> = {
  '0A000': CODE.notSupported,
  '22023': CODE.badValue,
  '22P02': CODE.badValue,
  '23505': CODE.duplicateKey,
  '23P01': CODE.duplicateKey,
  '25006': CODE.shuttingDown,
  '40001': CODE.writeConflict,
  '40P01': CODE.writeConflict,
  '42P01': CODE.namespaceNotFound,
  '53100': CODE.outOfDisk,
  '53300': CODE.shuttingDown,
  '55P03': CODE.writeConflict,
  '57014': CODE.maxTimeExpired,
}

function translate(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  if (error instanceof PostgresError)
    return new CommandFailure(codeOfState(error.state, error.message), error.message, [], {}, error)
  if (error instanceof ConnectionLost) return new CommandFailure(CODE.shuttingDown, error.message)
  if (error instanceof MalformedBson) return new CommandFailure(CODE.failedToParse, error.message)
  return new CommandFailure(CODE.internal, error instanceof Error ? error.message : 'unknown error')
}
