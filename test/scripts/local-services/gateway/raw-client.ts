import { connect } from 'node:net'
import { once } from 'node:events'
import { deserialize, serialize } from 'bson'
import type { Document } from 'bson'
import { createFraming } from '../../../../scripts/local-services/gateway/wire/framing.ts'
import { gatewayUri } from './gateway-client.ts'

/** A client without a driver's help: it sends the bytes it is given. */
export interface RawClient {
  /** Sends a command as OP_MSG and gives its answer. */
  command(command: Document): Promise<Document>
  /** Sends bytes as they are and gives the next message, header included; undefined when the server hangs up. */
  send(bytes: Buffer): Promise<Buffer | undefined>
  close(): void
}

/** Connects to the gateway under test, or to another. */
export async function connectRaw(uri = gatewayUri()): Promise<RawClient> {
  const { port } = new URL(uri.replace('mongodb:', 'http:'))
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const framing = createFraming()
  const waiting: ((message: Buffer | undefined) => void)[] = []
  socket.on('data', (chunk: Buffer) => {
    for (const message of framing.take(chunk)) waiting.shift()?.(message)
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => waiting.splice(0).forEach((give) => give(undefined)))

  const send = (bytes: Buffer): Promise<Buffer | undefined> => {
    socket.write(bytes)
    return new Promise((resolve) => waiting.push(resolve))
  }
  return {
    send,
    async command(command) {
      const answer = await send(opMsg(Buffer.from(serialize(command))))
      if (!answer) throw new Error('The server hung up')
      return deserialize(answer.subarray(21))
    },
    close: () => socket.destroy(),
  }
}

/** A message with one body. Source: MongoDB wire protocol, OP_MSG. */
export function opMsg(body: Buffer, flags = 0): Buffer {
  const head = Buffer.alloc(21)
  head.writeInt32LE(21 + body.length, 0)
  head.writeInt32LE(1, 4)
  head.writeInt32LE(2013, 12)
  head.writeUInt32LE(flags, 16)
  return Buffer.concat([head, body])
}
