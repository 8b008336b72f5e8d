import { deserialize } from 'bson'
import type { Document } from 'bson'
import { specOf, wholeSpecOf } from '../command.ts'
import type { Command } from '../command.ts'
import { duplicateFailure, explainDuplicate, isInvisible } from '../duplicates.ts'
import type { Duplicate } from '../duplicates.ts'
import { codeOfState, CODE, CommandFailure, TRANSIENT } from '../errors.ts'
import { unpackState } from '../engine-codes.ts'
import { only, query } from '../gateway.ts'
import type { Gateway } from '../gateway.ts'
import type { Statement } from '../postgres/protocol.ts'
import { SQL } from '../statements.ts'
import { OK, reply } from './reply.ts'

/** One entry of `writeErrors`. */
interface WriteError extends Partial<Duplicate> {
  readonly index: number
  readonly code: number
  readonly errmsg: string
}

export const insert = writer(SQL.insert, 'documents')
export const update = writer(SQL.update, 'updates')
export const remove = writer(SQL.delete, 'deletes')

/** Finds one document and changes or removes it. @throws CommandFailure */
export async function findAndModify(command: Command, gateway: Gateway): Promise<Buffer> {
  const parameters = [command.db, wholeSpecOf(command)]
  try {
    return only(await query(gateway, command, SQL.findAndModify, parameters, true))
  } catch (error) {
    throw (await duplicateFailure(error, command, gateway)) ?? error
  }
}

/** insert, update and delete differ only in the engine's function and in the name of their list. */
function writer(statement: Statement, list: string): (command: Command, gateway: Gateway) => Promise<Buffer> {
  return async (command, gateway) => {
    const [sequence] = command.sequences
    const apart = command.sequences.length === 1 && sequence?.name === list
    const spec = apart ? specOf(command) : wholeSpecOf(command)
    const parameters = [command.db, spec, apart ? sequence.bytes : null]
    const [row] = await query(gateway, command, statement, parameters, true)
    const result = row?.[0] ?? OK
    if (row?.[1]?.[0] === 1) return result
    return withErrors(result, command, gateway, list)
  }
}

/** The engine's answer with MongoDB's codes and messages in it; inside a transaction a write error ends it. */
async function withErrors(result: Buffer, command: Command, gateway: Gateway, list: string): Promise<Buffer> {
  const answer = deserialize(result)
  const errors: WriteError[] = []
  for (const raw of (answer['writeErrors'] ?? []) as Document[]) {
    const error = asWriteError(raw)
    const duplicate = error.code === CODE.duplicateKey && (await explainDuplicate(error, command, gateway, list))
    errors.push(duplicate ? { ...error, ...duplicate } : error)
  }
  if (command.transaction) await endTransaction(errors, command, gateway)
  return reply({ ...answer, writeErrors: errors })
}

/**
 * A write error ends its transaction, as in mongod.
 *
 * A key that somebody else took after the transaction began is a conflict, not a duplicate: run again, the body will see it.
 *
 * @throws CommandFailure 112 for a conflict
 */
async function endTransaction(errors: readonly WriteError[], command: Command, gateway: Gateway): Promise<void> {
  const conflict = errors.find((error) => error.code === CODE.writeConflict)
  const duplicate = errors.find((error) => error.keyPattern)
  const unseen = duplicate && !conflict && (await isInvisible(duplicate, command, gateway)) ? duplicate : undefined
  if (command.transaction) await gateway.transactions.abort(command.transaction).catch(() => undefined)
  const lost = conflict ?? unseen
  if (lost) throw new CommandFailure(CODE.writeConflict, `Write conflict: ${lost.errmsg}`, [TRANSIENT])
}

function asWriteError(raw: Document): WriteError {
  const errmsg = String(raw['errmsg'])
  return { index: Number(raw['index']), code: codeOfState(unpackState(Number(raw['code'])), errmsg), errmsg }
}
