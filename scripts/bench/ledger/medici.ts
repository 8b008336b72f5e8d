import { randomUUID } from 'node:crypto'
import { Book, initModels, mongoTransaction } from 'medici'
import mongoose from 'mongoose'
import { createFundQueue } from '../../../src/ledger/index.ts'
import type { FundQueue } from '../../../src/ledger/index.ts'
import type { Contender, Round } from './contender.ts'
import { ADVANCE_FEN } from './contender.ts'

/** Medici as its users run it, alone and inside our queue. */
export interface Medici {
  readonly alone: Contender
  readonly queued: Contender
  close(): Promise<void>
}

type Turns = Pick<FundQueue, 'run'>

/** The accounts' prefix; medici's README calls them wallets. */
const WALLETS = 'Accounts'

const BOOK = 'mainLedger'

/**
 * Medici 7 on a database: the "ACID checks of an account balance" of its README, word for word in what it does and in which order.
 *
 * It works on mongoose's default connection only, which gets the write concern and pool of ours. Its caches and its driver's retries are
 * as they come; the lock rows are made beforehand, so that no run pays for the first use of an account.
 */
export async function openMedici(uri: string, maxPoolSize: number): Promise<Medici> {
  await mongoose.connect(uri, { maxPoolSize, retryWrites: false, writeConcern: { w: 'majority', journal: true } })
  await initModels()
  const book = new Book(BOOK)
  const direct: Turns = { run: (_funds, action) => action() }
  return {
    alone: contender('medici', book, () => direct),
    queued: contender('medici in our queue', book, () => createFundQueue()),
    close: () => mongoose.disconnect(),
  }
}

function contender(name: string, book: Book, makeQueue: () => Turns): Contender {
  return {
    name,
    async prepare(funds, advances) {
      const accounts = Array.from({ length: funds }, () => `${WALLETS}:${randomUUID()}`)
      for (const account of accounts) await fill(book, account, Math.ceil(advances / funds) * ADVANCE_FEN)
      return roundOf(book, makeQueue(), accounts, advances)
    },
  }
}

async function fill(book: Book, account: string, sum: number): Promise<void> {
  await book.entry('Money arrives').debit('Assets', sum).credit(account, sum).commit()
  await mongoTransaction((session) => book.writelockAccounts([account], { session }))
}

function roundOf(book: Book, queue: Turns, accounts: readonly string[], advances: number): Round {
  let at = 0
  return {
    next() {
      const account = accounts[at % accounts.length]
      if (at >= advances || account === undefined) return undefined
      at += 1
      return () => queue.run([account], () => withdraw(book, account))
    },
    async storedFen() {
      const rows = mongoose.connection.collection('medici_transactions')
      const ofRun = { book: BOOK, accounts: { $in: [...accounts] }, debit: { $gt: 0 } }
      const [sum] = await rows
        .aggregate<{ fen: number }>([{ $match: ofRun }, { $group: { _id: null, fen: { $sum: '$debit' } } }])
        .toArray()
      return sum?.fen ?? 0
    },
  }
}

/** Writes first, adds up again, locks the account last, as the README advises. */
async function withdraw(book: Book, account: string): Promise<void> {
  await mongoTransaction(async (session) => {
    await book.entry('Withdraw by User').credit('Assets', ADVANCE_FEN).debit(account, ADVANCE_FEN).commit({ session })
    const after = await book.balance({ account }, { session })
    if (after.balance < 0) throw new Error('Not enough balance in wallet.')
    await book.writelockAccounts([account], { session })
  })
}
