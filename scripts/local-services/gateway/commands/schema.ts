import { collectionOf, specOf, wholeSpecOf } from '../command.ts'
import type { Command } from '../command.ts'
import { CODE, CommandFailure } from '../errors.ts'
import { only, query } from '../gateway.ts'
import type { Gateway } from '../gateway.ts'
import { SQL } from '../statements.ts'
import { reply } from './reply.ts'

/** Builds indexes and answers when they guard: the engine's background variant would answer before. */
export async function createIndexes(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.createIndexes, [command.db, wholeSpecOf(command)]))
}

export async function dropIndexes(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.dropIndexes, [command.db, specOf(command)]))
}

export async function create(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.createCollection, [command.db, specOf(command)]))
}

/** Drops a collection; one that is not there is refused with code 26, which drivers expect. */
export async function drop(command: Command, gateway: Gateway): Promise<Buffer> {
  const collection = collectionOf(command)
  const existed = only(await query(gateway, command, SQL.dropCollection, [command.db, collection]))
  if (existed[0] !== 1) throw new CommandFailure(CODE.namespaceNotFound, 'ns not found')
  return reply({ ns: `${command.db}.${collection}`, ok: 1 })
}

export async function renameCollection(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.renameCollection, [specOf(command)]))
}

export async function dropDatabase(command: Command, gateway: Gateway): Promise<Buffer> {
  await query(gateway, command, SQL.dropDatabase, [command.db])
  return reply({ dropped: command.db, ok: 1 })
}

export async function collMod(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.collMod, [command.db, collectionOf(command), specOf(command)]))
}

export async function listDatabases(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.listDatabases, [specOf(command)]))
}

export async function validate(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.validate, [command.db, specOf(command)]))
}

export async function collStats(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.collStats, [command.db, collectionOf(command)]))
}

export async function dbStats(command: Command, gateway: Gateway): Promise<Buffer> {
  return only(await query(gateway, command, SQL.dbStats, [command.db]))
}

/** Frees space and looks anew at what the collection holds, so that queries over freshly loaded volumes are planned well. */
export async function compact(command: Command, gateway: Gateway): Promise<Buffer> {
  const id = only(await query(gateway, command, SQL.collectionId, [command.db, collectionOf(command)])).toString()
  if (id === '') throw new CommandFailure(CODE.namespaceNotFound, 'collection does not exist')
  const sql = `VACUUM (ANALYZE) documentdb_data.documents_${id}`
  await query(gateway, command, { name: `compact_${id}`, sql }, [])
  return reply({ bytesFreed: 0, ok: 1 })
}
