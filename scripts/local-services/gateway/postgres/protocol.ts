/** A statement the gateway sends again and again; prepared once per connection under its name. */
export interface Statement {
  readonly name: string
  readonly sql: string
}

/** A parameter: bytes go over in binary form, text as text. */
export type Parameter = Buffer | string | null

/** A statement with its parameters. */
export interface Query {
  readonly statement: Statement
  readonly parameters?: readonly Parameter[]
}

/** A row of a result; every column in PostgreSQL's binary form. */
export type Row = readonly (Buffer | null)[]

/** What PostgreSQL said when it refused, with its SQLSTATE. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError'
  readonly state: string
  readonly detail: string
  readonly constraint: string

  constructor(fields: Readonly<Record<string, string>>) {
    super(fields['M'] ?? 'unknown error')
    this.state = fields['C'] ?? 'XX000'
    this.detail = fields['D'] ?? ''
    this.constraint = fields['n'] ?? ''
  }
}

/** The connection to PostgreSQL went away; whether the last statement was carried out is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** First message of a connection. Source: PostgreSQL protocol 3.0, StartupMessage. */
export function startupMessage(settings: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(settings).map(([name, value]) => `${name}\0${value}\0`)
  const body = Buffer.from(`${pairs.join('')}\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8, 0)
  head.writeInt32BE(196_608, 4)
  return Buffer.concat([head, body])
}

/** Asks the server, on a connection of its own, to cancel what another one is doing. */
export function cancelMessage(key: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeInt32BE(8 + key.length, 0)
  head.writeInt32BE(80_877_102, 4)
  return Buffer.concat([head, key])
}

/** Parses a statement under its name. */
export function parseMessage(statement: Statement): Buffer {
  return framed('P', Buffer.from(`${statement.name}\0${statement.sql}\0\0\0`))
}

/** Ends a batch: everything before it is answered, then the server is ready again. */
export const SYNC = Buffer.from([0x53, 0, 0, 0, 4])

/** Says goodbye. */
export const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4])

const EXECUTE = framed('E', Buffer.from('\0\0\0\0\0'))

/** Binds parameters to a prepared statement and runs it; results come back in binary form. */
export function bindAndExecute(name: string, parameters: readonly Parameter[]): Buffer {
  const values = parameters.map((value) => (typeof value === 'string' ? Buffer.from(value) : value))
  const count = parameters.length
  const size = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0)
  const bind = Buffer.allocUnsafe(5 + 1 + name.length + 1 + 2 + 2 * count + 2 + size + 4)
  bind[0] = 0x42
  bind.writeInt32BE(bind.length - 1, 1)
  let at = 5
  bind[at++] = 0
  at += bind.write(name, at, 'latin1')
  bind[at++] = 0
  at = bind.writeInt16BE(count, at)
  for (const parameter of parameters) at = bind.writeInt16BE(typeof parameter === 'string' ? 0 : 1, at)
  at = bind.writeInt16BE(count, at)
  for (const value of values) {
    at = bind.writeInt32BE(value?.length ?? -1, at)
    if (value) at += value.copy(bind, at)
  }
  at = bind.writeInt16BE(1, at)
  bind.writeInt16BE(1, at)
  return Buffer.concat([bind, EXECUTE])
}

/** Frees the name of a prepared statement. */
export function closeMessage(name: string): Buffer {
  return framed('C', Buffer.from(`S${name}\0`))
}

/** Columns of a DataRow message. */
export function readRow(body: Buffer): Row {
  const row: (Buffer | null)[] = []
  let at = 2
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at)
    at += 4
    row.push(length < 0 ? null : body.subarray(at, at + length))
    if (length > 0) at += length
  }
  return row
}

/** Fields of an ErrorResponse message, by their one-letter names. */
export function readErrorFields(body: Buffer): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let at = 0; body[at] !== 0 && at < body.length;) {
    const end = body.indexOf(0, at + 1)
    fields[String.fromCharCode(body[at] ?? 0)] = body.toString('utf8', at + 1, end)
    at = end + 1
  }
  return fields
}

function framed(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type, 0)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
