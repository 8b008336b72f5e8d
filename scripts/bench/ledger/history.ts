import type { LedgerServices } from '../../../src/ledger/index.ts'
import { postCommands } from '../../../src/ledger/index.ts'
import type { CommandOf } from '../../../src/ledger/command.ts'
import { fen } from '../../../src/shared/fen.ts'
import type { Contender } from './contender.ts'
import { by, holdOrders, newFund, roundOf } from './ours.ts'

/** Entries made by one preparing transaction. */
const BATCH = 1_000

/** Money of the old fund: enough for every run. Fen. */
const MONEY_FEN = 10 ** 9

/**
 * The same advances, always on one fund that has this many entries behind it.
 *
 * Its history is cash drawn and returned, posted by the ledger itself, a thousand entries a transaction.
 */
export async function withHistory(services: LedgerServices, entries: number): Promise<Contender> {
  const fundId = await newFund(services, MONEY_FEN)
  for (let made = 0; made < entries; made += BATCH) await postHistory(services, fundId, made)
  let before = 0
  return {
    name: `jiujinan after ${entries} entries`,
    async prepare(_funds, advances) {
      const round = roundOf(services, [await holdOrders(services, fundId, advances)])
      return {
        next: () => round.next(),
        async storedFen() {
          const all = await round.storedFen()
          const made = all - before
          before = all
          return made
        },
      }
    },
  }
}

async function postHistory(services: LedgerServices, fundId: string, from: number): Promise<void> {
  const commands = Array.from({ length: BATCH }, (_none, at): CommandOf<'draw-cash' | 'return-cash'> => ({
    do: at % 2 === 0 ? 'draw-cash' : 'return-cash',
    fundId,
    amountFen: fen(100),
    source: { type: 'bench-history', id: `${fundId}-${from + at}` },
  }))
  await services.inTransaction(by('K-1'), (tx) => postCommands(services, tx, commands).then(() => null), {
    keepForever: true,
  })
}
