import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { createInTransaction, journalModels } from '../../src/journal/index.ts'
import type { Command } from '../../src/ledger/command.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import type { LedgerServices } from '../../src/ledger/index.ts'
import {
  countyFundId,
  createFundQueue,
  createLedgerStore,
  fundsOf,
  ledgerModels,
  takeTurn,
  townshipFundId,
  verifyLedger,
} from '../../src/ledger/index.ts'
import { connectMongo, migrate } from '../../src/platform/mongo/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { fen } from '../../src/shared/fen.ts'
import type { Reply } from './ledger-messages.ts'

/** A command that was sent, and the first answer to it. */
export interface Sent {
  readonly actor: string
  readonly key: string
  readonly command: Command
  /** Place in time of its start and of its answer, in one clock. Milliseconds. */
  readonly startedAt: number
  answeredAt: number | undefined
  reply: Reply | undefined
}

/** A ledger on a database of its own, for processes that are going to die. */
export interface LedgerWorld {
  readonly uri: string
  readonly county: string
  readonly connection: Connection
  readonly services: LedgerServices
  /** The commands that opened and filled the books, in the order in which they were answered. */
  readonly opening: { readonly key: string; readonly command: Command }[]
  /** Opens another township's fund with this much in its bank account. */
  newFund(moneyFen: number): Promise<string>
  /** Puts more money into a fund. */
  fill(fundId: string, moneyFen: number): Promise<void>
  /** All entries of a fund, oldest first. */
  entriesOf(fundId: string): Promise<Entry[]>
  close(): Promise<void>
}

const COUNTY = '990615'

const TERMS = { floatFen: fen(0), lowWaterPercent: 0 }

/** Empties a database and opens a county with money in it. */
export async function openWorld(uri: string): Promise<LedgerWorld> {
  const connection = await connectMongo(uri)
  await connection.dropDatabase()
  journalModels(connection)
  ledgerModels(connection)
  await migrate(connection)
  const services: LedgerServices = {
    ledger: createLedgerStore(connection),
    fundQueue: createFundQueue(),
    inTransaction: createInTransaction({ connection, clock: systemClock, wake: () => undefined }),
  }
  const opening: { readonly key: string; readonly command: Command }[] = []
  const book = async (command: Command): Promise<void> => {
    const key = randomUUID()
    opening.push({ key, command })
    await takeTurn(services, {
      by: { actor: systemActor(COUNTY), key, bodyHash: key },
      fundIds: fundsOf(command),
      plan: () => ({ commands: [command], settle: () => null }),
    })
  }
  const countyFund = countyFundId(COUNTY)
  await book({ do: 'open-fund', fundId: countyFund, name: '试验县', terms: TERMS, source: aSource() })
  await book({ do: 'receive-budget', fundId: countyFund, amountFen: fen(10 ** 11), source: aSource() })
  let funds = 100
  const world: LedgerWorld = {
    uri,
    county: COUNTY,
    connection,
    services,
    opening,
    async newFund(moneyFen) {
      funds += 1
      const fundId = townshipFundId(`${COUNTY}${funds}`)
      await book({ do: 'open-fund', fundId, name: `试验${funds}`, terms: TERMS, source: aSource() })
      await world.fill(fundId, moneyFen)
      return fundId
    },
    async fill(fundId, moneyFen) {
      const amountFen = fen(moneyFen)
      await book({ do: 'order-appropriation', fundId, amountFen, source: aSource() })
      await book({ do: 'book-arrival', fundId, amountFen, source: aSource() })
    },
    async entriesOf(fundId) {
      const entries: Entry[] = []
      for await (const entry of services.ledger.eachEntry(fundId, Number.MAX_SAFE_INTEGER)) entries.push(entry)
      return entries
    },
    async close() {
      await connection.dropDatabase()
      await connection.close()
    },
  }
  return world
}

/** A source nothing else came from. */
export function aSource(): { type: string; id: string } {
  return { type: 'torture', id: randomUUID() }
}

/** A promise of money for a payment order of a case of its own. */
export function anOrder(fundId: string, amountFen: number, expiresAt?: string): Command {
  const id = randomUUID()
  return {
    do: 'place-hold',
    fundId,
    account: 'bank',
    amountFen: fen(amountFen),
    purpose: { use: 'advance', caseNo: id },
    source: { type: 'payment-order', id },
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

const ORDER_KINDS: readonly string[] = ['hold.placed', 'hold.voided', 'hold.expired', 'aid.paid']

/**
 * Verifies the whole ledger, and that in these funds stands exactly what was acknowledged of payment orders.
 *
 * @throws Error when a posting was lost or doubled, when one command was answered by another's entry, or when the ledger does not verify
 */
export async function checkWorld(
  world: LedgerWorld,
  sent: readonly Sent[],
  fundIds: readonly string[],
): Promise<{ entries: number }> {
  const { faults, entries } = await verifyLedger(world.services.ledger)
  if (faults.length > 0) throw new Error(`The ledger does not hold: ${JSON.stringify(faults)}`)
  const posted = sent.filter(({ reply }) => reply?.outcome === 'posted')
  const acknowledged = new Set(posted.map(({ key, reply }) => `${reply?.entryId} ${reply?.hash} ${key}`))
  if (acknowledged.size !== posted.length) throw new Error('Two commands were answered with one entry')
  const stored = new Set<string>()
  for (const fundId of fundIds)
    for (const { _id, hash, key, kind } of await world.entriesOf(fundId))
      if (ORDER_KINDS.includes(kind)) stored.add(`${_id} ${hash} ${key}`)
  const lost = [...acknowledged].filter((one) => !stored.has(one))
  const extra = [...stored].filter((one) => !acknowledged.has(one))
  if (lost.length > 0 || extra.length > 0)
    throw new Error(`${lost.length} postings lost, ${extra.length} unknown to any client`)
  return { entries }
}

/** What an answer says, to compare it with another. */
export function answerText({ outcome, code, entryId, hash }: Reply): string {
  return [outcome, code, entryId, hash].join(' ')
}
