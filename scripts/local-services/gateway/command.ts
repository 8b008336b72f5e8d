import type { Client } from './client.ts'
import { CODE, CommandFailure } from './errors.ts'
import type { Request, Sequence } from './wire/messages.ts'
import {
  arrayOf,
  documentField,
  readFields,
  splitDocuments,
  textOf,
  TYPE,
  withoutFields,
  wrapDocument,
} from './wire/raw-bson.ts'
import type { Field } from './wire/raw-bson.ts'

/** Which transaction a command belongs to. */
export interface TransactionId {
  /** Session id, as text. */
  readonly session: string
  readonly number: bigint
  /** Whether this is the transaction's first command. */
  readonly starts: boolean
}

/** A command as received: its bytes and where its fields are. Nothing is decoded that need not be. */
export interface Command {
  readonly name: string
  readonly db: string
  readonly body: Buffer
  readonly fields: readonly Field[]
  readonly sequences: readonly Sequence[]
  readonly client: Client
  readonly transaction?: TransactionId
}

/** Fields that speak to the server, not to the engine. Source: MongoDB, generic command arguments. */
const GENERIC: ReadonlySet<string> = new Set([
  '$clusterTime',
  '$configServerState',
  '$db',
  '$readPreference',
  'apiDeprecationErrors',
  'apiStrict',
  'apiVersion',
  'autocommit',
  'lsid',
  'readConcern',
  'startTransaction',
  'txnNumber',
  'writeConcern',
])

/**
 * Reads what every command has.
 *
 * @throws MalformedBson, CommandFailure when it names no command or no database
 */
export function readCommand(request: Request, client: Client): Command {
  const { body, sequences } = request
  const fields = readFields(body)
  const name = fields[0]?.name
  if (name === undefined) throw new CommandFailure(CODE.failedToParse, 'The request names no command')
  const transaction = readTransaction(body, fields)
  const db = request.database ?? textIn(body, fields, '$db') ?? 'admin'
  return { name, db, body, fields, sequences, client, ...(transaction ? { transaction } : {}) }
}

/** The command's target: the collection named by its first field. @throws CommandFailure when it names none */
export function collectionOf(command: Command): string {
  const [first] = command.fields
  if (first?.type !== TYPE.string) throw new CommandFailure(CODE.badValue, `${command.name} names no collection`)
  return textOf(command.body, first)
}

/** A field of the command by its name. */
export function fieldOf(command: Command, name: string): Field | undefined {
  return command.fields.find((field) => field.name === name)
}

/** The command without the fields meant for the server; documents that follow it stay apart. */
export function specOf(command: Command): Buffer {
  return withoutFields(command.body, command.fields, GENERIC)
}

/** The same with the documents that followed it put back inside. */
export function wholeSpecOf(command: Command): Buffer {
  const spec = specOf(command)
  if (command.sequences.length === 0) return spec
  const inside = command.sequences.map(({ name, bytes }) =>
    documentField(name, TYPE.array, arrayOf(splitDocuments(bytes))),
  )
  return wrapDocument([spec.subarray(4, -1), ...inside])
}

function readTransaction(body: Buffer, fields: readonly Field[]): TransactionId | undefined {
  const number = fields.find((field) => field.name === 'txnNumber')
  if (!number) return undefined
  const automatic = fields.find((field) => field.name === 'autocommit')
  if (automatic?.type !== TYPE.bool || body[automatic.value] !== 0) {
    throw new CommandFailure(
      CODE.illegalOperation,
      'Writes are not retried by the server: connect with retryWrites=false',
    )
  }
  const session = fields.find((field) => field.name === 'lsid')
  if (!session || number.type !== TYPE.int64)
    throw new CommandFailure(CODE.failedToParse, 'The transaction has no session')
  const starts = fields.find((field) => field.name === 'startTransaction')
  return {
    session: sessionKey(body.subarray(session.value, session.end)),
    number: body.readBigInt64LE(number.value),
    starts: starts !== undefined && body[starts.value] === 1,
  }
}

/** Text of a session id: the bytes of its UUID. @throws CommandFailure when it has none */
export function sessionKey(lsid: Buffer): string {
  const id = readFields(lsid).find((field) => field.name === 'id')
  if (id?.type !== 5) throw new CommandFailure(CODE.failedToParse, 'The session has no id')
  return lsid.toString('hex', id.value + 5, id.end)
}

function textIn(body: Buffer, fields: readonly Field[], name: string): string | undefined {
  const field = fields.find((one) => one.name === name)
  return field ? textOf(body, field) : undefined
}
