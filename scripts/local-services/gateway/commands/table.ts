import type { Command } from '../command.ts'
import { CODE, CommandFailure } from '../errors.ts'
import type { Gateway } from '../gateway.ts'
import { explain } from './explain.ts'
import * as read from './read.ts'
import * as schema from './schema.ts'
import * as server from './server.ts'
import * as session from './session.ts'
import * as write from './write.ts'

type Handler = (command: Command, gateway: Gateway) => Promise<Buffer>

/** Commands that may stand inside a transaction. */
const IN_TRANSACTION: Readonly<Record<string, Handler>> = {
  insert: write.insert,
  update: write.update,
  delete: write.remove,
  findAndModify: write.findAndModify,
  findandmodify: write.findAndModify,
  find: read.find,
  aggregate: read.aggregate,
  count: read.count,
  distinct: read.distinct,
  getMore: read.getMore,
  killCursors: read.killCursors,
  commitTransaction: session.commitTransaction,
  abortTransaction: session.abortTransaction,
}

/** Commands that may not. */
const ALONE: Readonly<Record<string, Handler>> = {
  createIndexes: schema.createIndexes,
  listIndexes: read.listIndexes,
  dropIndexes: schema.dropIndexes,
  deleteIndexes: schema.dropIndexes,
  create: schema.create,
  drop: schema.drop,
  renameCollection: schema.renameCollection,
  listCollections: read.listCollections,
  listDatabases: schema.listDatabases,
  dropDatabase: schema.dropDatabase,
  collMod: schema.collMod,
  collStats: schema.collStats,
  collstats: schema.collStats,
  dbStats: schema.dbStats,
  dbstats: schema.dbStats,
  validate: schema.validate,
  compact: schema.compact,
  explain,
  endSessions: session.endSessions,
  killSessions: session.endSessions,
  hello: server.hello,
  isMaster: server.hello,
  ismaster: server.hello,
  ping: server.ping,
  buildInfo: server.buildInfo,
  buildinfo: server.buildInfo,
  connectionStatus: server.connectionStatus,
  serverStatus: server.serverStatus,
}

/**
 * Carries out a command.
 *
 * @throws CommandFailure 59 for a command that is not spoken here, 263 for one that may not stand in a transaction
 */
export function dispatch(command: Command, gateway: Gateway): Promise<Buffer> {
  const handler = ownEntry(IN_TRANSACTION, command.name)
  if (handler) return handler(command, gateway)
  const alone = ownEntry(ALONE, command.name)
  if (!alone) throw new CommandFailure(CODE.commandNotFound, `no such command: '${command.name}'`)
  if (command.transaction) {
    throw new CommandFailure(CODE.notInTransaction, `Cannot run '${command.name}' in a multi-document transaction.`)
  }
  return alone(command, gateway)
}

function ownEntry(table: Readonly<Record<string, Handler>>, name: string): Handler | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
