import { fieldOf, sessionKey } from '../command.ts'
import type { Command, TransactionId } from '../command.ts'
import { CODE, CommandFailure } from '../errors.ts'
import type { Gateway } from '../gateway.ts'
import { readFields, TYPE } from '../wire/raw-bson.ts'
import { OK } from './reply.ts'

export async function commitTransaction(command: Command, gateway: Gateway): Promise<Buffer> {
  await gateway.transactions.commit(transactionOf(command))
  return OK
}

export async function abortTransaction(command: Command, gateway: Gateway): Promise<Buffer> {
  await gateway.transactions.abort(transactionOf(command))
  return OK
}

/** Ends sessions: what they had open is given up. */
export async function endSessions(command: Command, gateway: Gateway): Promise<Buffer> {
  const list = fieldOf(command, command.name)
  if (list?.type !== TYPE.array) throw new CommandFailure(CODE.badValue, `${command.name} names no sessions`)
  const array = command.body.subarray(list.value, list.end)
  const sessions = readFields(array).map((field) => sessionKey(array.subarray(field.value, field.end)))
  await gateway.transactions.abandon({ sessions })
  return OK
}

function transactionOf(command: Command): TransactionId {
  if (!command.transaction) throw new CommandFailure(CODE.badValue, `${command.name} needs a transaction`)
  return command.transaction
}
