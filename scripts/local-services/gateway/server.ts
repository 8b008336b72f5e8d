import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import type { Client } from './client.ts'
import { readCommand } from './command.ts'
import { dispatch } from './commands/table.ts'
import { asFailure, failureReply } from './errors.ts'
import type { Gateway } from './gateway.ts'
import { createFraming } from './wire/framing.ts'
import { readRequest, writeReply } from './wire/messages.ts'
import type { Request } from './wire/messages.ts'

/** Messages of one client that may wait while one is carried out; more stop the reading. */
const MOST_WAITING = 8

/**
 * The listening side: one client after the other connects, sends commands and gets answers in the same order.
 *
 * @param log - one line per thing a person may want to know
 */
export function createGatewayServer(gateway: Gateway, log: (line: string) => void): Server {
  let clients = 0
  return createServer({ noDelay: true, keepAlive: true }, (socket) => {
    clients += 1
    serve(socket, { id: clients }, gateway, log)
  })
}

function serve(socket: Socket, client: Client, gateway: Gateway, log: (line: string) => void): void {
  const framing = createFraming()
  const waiting: Buffer[] = []
  let busy = false

  socket.on('data', (chunk: Buffer) => {
    try {
      waiting.push(...framing.take(chunk))
    } catch (error) {
      log(`closing client ${client.id}: ${String(error)}`)
      socket.destroy()
      return
    }
    if (waiting.length > MOST_WAITING) socket.pause()
    if (!busy) void work()
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => void gateway.transactions.abandon({ client }))

  async function work(): Promise<void> {
    busy = true
    for (let message = waiting.shift(); message && !socket.destroyed; message = waiting.shift()) {
      const answer = await answerTo(message)
      if (answer) await send(socket, answer)
      if (socket.isPaused() && waiting.length <= MOST_WAITING) socket.resume()
    }
    busy = false
  }

  async function answerTo(message: Buffer): Promise<Buffer | undefined> {
    let request: Request
    try {
      request = readRequest(message)
    } catch (error) {
      log(`closing client ${client.id}: ${String(error)}`)
      socket.destroy()
      return undefined
    }
    const body = await bodyFor(request, client, gateway)
    return request.answered ? writeReply(request, body) : undefined
  }
}

async function bodyFor(request: Request, client: Client, gateway: Gateway): Promise<Buffer> {
  let inTransaction = false
  try {
    const command = readCommand(request, client)
    inTransaction = command.transaction !== undefined
    return await dispatch(command, gateway)
  } catch (error) {
    return failureReply(asFailure(error, inTransaction))
  }
}

async function send(socket: Socket, answer: Buffer): Promise<void> {
  if (!socket.destroyed && !socket.write(answer)) await drained(socket)
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}
