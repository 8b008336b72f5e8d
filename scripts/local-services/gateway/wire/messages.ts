import { MalformedBson, splitDocuments } from './raw-bson.ts'

/** Largest message either side may send. Bytes. Source: MongoDB wire protocol, `maxMessageSizeBytes`. */
export const MAX_MESSAGE_BYTES = 48_000_000

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER_BYTES = 16
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2

/** Documents of one kind that follow the command instead of standing inside it. */
export interface Sequence {
  readonly name: string
  /** The documents one after the other, as received. */
  readonly bytes: Buffer
}

/** A request as it came in. */
export interface Request {
  readonly id: number
  readonly body: Buffer
  readonly sequences: readonly Sequence[]
  /** False when the client waits for no answer. */
  readonly answered: boolean
  /** Database named beside the body, in the old form of request only. */
  readonly database?: string
}

/**
 * Reads one whole message.
 *
 * @param message - header included
 * @throws MalformedBson when it is neither OP_MSG nor OP_QUERY, or cut
 */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4)
  const code = message.readInt32LE(12)
  if (code === OP_MSG) return readMsg(id, message)
  if (code === OP_QUERY) return readQuery(id, message)
  throw new MalformedBson(`operation ${code} is not spoken here`)
}

/** An answer in the form of the question. */
export function writeReply(request: Request, body: Buffer): Buffer {
  return request.database === undefined ? writeMsg(request.id, body) : writeOldReply(request.id, body)
}

function readMsg(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER_BYTES)
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0)
  let body: Buffer | undefined
  const sequences: Sequence[] = []
  for (let at = HEADER_BYTES + 4; at < end;) {
    const kind = message[at]
    const length = at + 5 <= end ? message.readInt32LE(at + 1) : 0
    const section = message.subarray(at + 1, at + 1 + length)
    if (length < 5 || at + 1 + length > end) throw new MalformedBson('section is cut')
    if (kind === 0) body = section
    else if (kind === 1) sequences.push(readSequence(section))
    else throw new MalformedBson(`section of kind ${String(kind)}`)
    at += 1 + length
  }
  if (!body) throw new MalformedBson('message has no body')
  return { id, body, sequences, answered: (flags & MORE_TO_COME) === 0 }
}

function readSequence(section: Buffer): Sequence {
  const zero = section.indexOf(0, 4)
  if (zero < 0) throw new MalformedBson('sequence has no name')
  const bytes = section.subarray(zero + 1)
  splitDocuments(bytes)
  return { name: section.toString('utf8', 4, zero), bytes }
}

function readQuery(id: number, message: Buffer): Request {
  const zero = message.indexOf(0, HEADER_BYTES + 4)
  if (zero < 0 || zero + 13 > message.length) throw new MalformedBson('query is cut')
  const [body] = splitDocuments(message.subarray(zero + 9))
  if (!body) throw new MalformedBson('query has no body')
  const database = message.toString('utf8', HEADER_BYTES + 4, zero).replace(/\.\$cmd$/, '')
  return { id, body, sequences: [], answered: true, database }
}

function writeMsg(to: number, body: Buffer): Buffer {
  const message = Buffer.allocUnsafe(HEADER_BYTES + 5 + body.length)
  writeHeader(message, to, OP_MSG)
  message.writeUInt32LE(0, HEADER_BYTES)
  message[HEADER_BYTES + 4] = 0
  body.copy(message, HEADER_BYTES + 5)
  return message
}

function writeOldReply(to: number, body: Buffer): Buffer {
  const message = Buffer.alloc(HEADER_BYTES + 20 + body.length)
  writeHeader(message, to, OP_REPLY)
  message.writeInt32LE(8, HEADER_BYTES) // the server can wait for data
  message.writeInt32LE(1, HEADER_BYTES + 16)
  body.copy(message, HEADER_BYTES + 20)
  return message
}

let lastId = 0

function writeHeader(message: Buffer, to: number, code: number): void {
  lastId = (lastId + 1) & 0x7fffffff
  message.writeInt32LE(message.length, 0)
  message.writeInt32LE(lastId, 4)
  message.writeInt32LE(to, 8)
  message.writeInt32LE(code, 12)
}
