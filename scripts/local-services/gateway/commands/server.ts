import { hostname } from 'node:os'
import { ObjectId } from 'bson'
import type { Command } from '../command.ts'
import type { Gateway } from '../gateway.ts'
import { MAX_MESSAGE_BYTES } from '../wire/messages.ts'
import { OK, reply } from './reply.ts'

/** Speaks like MongoDB 7.0. Source: MongoDB, wire versions. */
const WIRE_VERSION = 21
const SPOKEN_VERSION = '7.0.0'

/** Documents in one write command. Source: the engine's `documentdb.maxWriteBatchSize`. */
const MAX_BATCH = 25_000

const ELECTION = new ObjectId('7fffffff0000000000000001')

/** Who is here: the primary and only member of a replica set, with sessions and transactions. */
export function hello(command: Command, gateway: Gateway): Promise<Buffer> {
  const primary = command.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }
  return answer({
    helloOk: true,
    ...primary,
    secondary: false,
    setName: gateway.setName,
    setVersion: 1,
    electionId: ELECTION,
    hosts: [gateway.address],
    primary: gateway.address,
    me: gateway.address,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_BATCH,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: command.client.id,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ok: 1,
  })
}

export function ping(): Promise<Buffer> {
  return Promise.resolve(OK)
}

export function buildInfo(): Promise<Buffer> {
  const versionArray = SPOKEN_VERSION.split('.').map(Number).concat(0)
  return answer({ version: SPOKEN_VERSION, versionArray, bits: 64, maxBsonObjectSize: 16_777_216, modules: [], ok: 1 })
}

export function connectionStatus(): Promise<Buffer> {
  return answer({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 })
}

/** The little of it that a person looking for trouble needs. */
export function serverStatus(_command: Command, gateway: Gateway): Promise<Buffer> {
  const uptimeMillis = Date.now() - gateway.startedAt
  return answer({
    host: hostname(),
    version: SPOKEN_VERSION,
    process: 'gateway',
    pid: process.pid,
    uptime: uptimeMillis / 1000,
    uptimeMillis,
    localTime: new Date(),
    connections: gateway.pool.counts(),
    transactions: { currentOpen: gateway.transactions.count() },
    metrics: { cursor: { open: { total: gateway.cursors.count() } } },
    mem: { resident: Math.round(process.memoryUsage.rss() / 1_048_576) },
    ok: 1,
  })
}

function answer(fields: Parameters<typeof reply>[0]): Promise<Buffer> {
  return Promise.resolve(reply(fields))
}
