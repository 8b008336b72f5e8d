import { deserialize, Long } from 'bson'
import type { Document } from 'bson'
import { collectionOf, fieldOf, specOf } from '../command.ts'
import type { Command } from '../command.ts'
import { CODE, CommandFailure } from '../errors.ts'
import { only, query } from '../gateway.ts'
import type { Gateway } from '../gateway.ts'
import type { Statement } from '../postgres/protocol.ts'
import { SQL } from '../statements.ts'
import { readFields, textOf, TYPE } from '../wire/raw-bson.ts'
import { reply } from './reply.ts'

export const find = firstPage(SQL.find)
export const aggregate = firstPage(SQL.aggregate)
export const listCollections = firstPage(SQL.listCollections)
export const count = single(SQL.count)
export const distinct = single(SQL.distinct)

const listIndexPages = firstPage(SQL.listIndexes)

/** Indexes without the engine's own `storageEngine` options, which tools that compare indexes would stumble over. */
export async function listIndexes(command: Command, gateway: Gateway): Promise<Buffer> {
  const page = deserialize(await listIndexPages(command, gateway), { promoteLongs: false }) as {
    cursor: { firstBatch: Document[] }
  }
  for (const index of page.cursor.firstBatch) delete index['storageEngine']
  return reply(page)
}

/** The next page of a cursor. @throws CommandFailure 43 when the cursor is not open (here, or for this transaction) */
export async function getMore(command: Command, gateway: Gateway): Promise<Buffer> {
  const [first] = command.fields
  if (first?.type !== TYPE.int64) throw new CommandFailure(CODE.badValue, 'getMore names no cursor')
  const id = command.body.readBigInt64LE(first.value)
  const cursor = gateway.cursors.find(id)
  if (!cursor || cursor.session !== command.transaction?.session) {
    throw new CommandFailure(CODE.cursorNotFound, `cursor id ${id} not found`)
  }
  const parameters = [cursor.db, specOf(command), cursor.continuation]
  const rows = await query(gateway, command, SQL.getMore, parameters)
  const continuation = rows[0]?.[1]
  if (continuation) cursor.continuation = Buffer.from(continuation)
  else gateway.cursors.drop(id)
  return only(rows)
}

/** Closes cursors before their end. */
export async function killCursors(command: Command, gateway: Gateway): Promise<Buffer> {
  const asked = cursorsNamed(command)
  const killed = asked.filter((id) => gateway.cursors.drop(id))
  if (killed.length > 0) await dropCursors(killed, gateway)
  const missing = asked.filter((id) => !killed.includes(id))
  const longs = (ids: readonly bigint[]): Long[] => ids.map((id) => Long.fromBigInt(id))
  return reply({
    cursorsKilled: longs(killed),
    cursorsNotFound: longs(missing),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  })
}

/** Lets the engine throw away what it keeps for cursors. */
export async function dropCursors(ids: readonly bigint[], gateway: Gateway): Promise<void> {
  await gateway.pool.run([{ statement: SQL.dropCursors, parameters: [`{${ids.join(',')}}`] }])
}

function firstPage(statement: Statement): (command: Command, gateway: Gateway) => Promise<Buffer> {
  return async (command, gateway) => {
    const rows = await query(gateway, command, statement, [command.db, specOf(command)])
    const [page, continuation, id] = rows[0] ?? []
    if (!page) throw new CommandFailure(CODE.internal, 'The engine answered without a page')
    if (continuation && id) {
      const [first] = command.fields
      const collection = first?.type === TYPE.string ? textOf(command.body, first) : '$cmd'
      gateway.cursors.keep(id.readBigInt64BE(0), command.db, collection, continuation, command.transaction)
    }
    return page
  }
}

function single(statement: Statement): (command: Command, gateway: Gateway) => Promise<Buffer> {
  return async (command, gateway) => {
    collectionOf(command)
    return only(await query(gateway, command, statement, [command.db, specOf(command)]))
  }
}

function cursorsNamed(command: Command): bigint[] {
  const list = fieldOf(command, 'cursors')
  if (list?.type !== TYPE.array) throw new CommandFailure(CODE.badValue, 'killCursors names no cursors')
  const array = command.body.subarray(list.value, list.end)
  return readFields(array).map((field) => array.readBigInt64LE(field.value))
}
