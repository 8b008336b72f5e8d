import type { Connection } from 'mongoose'
import { createInTransaction, journalModels } from '../../../src/journal/index.ts'
import { NO_GROUND } from '../../../src/ledger/ground.ts'
import type { Command, LedgerServices } from '../../../src/ledger/index.ts'
import { createFundQueue, createLedgerStore, fundsOf, ledgerModels, takeTurn } from '../../../src/ledger/index.ts'
import type { Actor, By } from '../../../src/shared/actor.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import { migrate } from '../../../src/platform/mongo/index.ts'
import { ownStores } from '../../support/database.ts'
import type { PaperLedger } from '../paper-ledger.ts'

/** What a command is sent with. */
export interface Asked {
  readonly command: Command
  readonly actor: string
  readonly key: string
  /** Stands for the request's body. */
  readonly bodyHash?: string
}

/** The ledger of the stories' county on a database of its own, at a clock that the model sets. */
export interface ModelWorld {
  readonly connection: Connection
  readonly services: LedgerServices
  clock: { at: Date }
  /** `done` or the code of the refusal. */
  ask(asked: Asked): Promise<string>
  /** Empties everything and writes a paper ledger's books and entries. */
  startFrom(paper: PaperLedger): Promise<void>
}

const COUNTY = '320614'

const BODY = 'b'.repeat(64)

/** @throws when no database is there */
export async function modelWorld(): Promise<ModelWorld> {
  const { connection } = await ownStores()
  journalModels(connection)
  ledgerModels(connection)
  await migrate(connection)
  const clock = { at: new Date(0) }
  const services: LedgerServices = {
    ledger: createLedgerStore(connection),
    fundQueue: createFundQueue(),
    inTransaction: createInTransaction({ connection, clock: { now: () => clock.at }, wake: () => undefined }),
  }
  return {
    connection,
    services,
    clock,
    ask: ({ command, actor, key, bodyHash = BODY }) =>
      codeOf(
        takeTurn(services, {
          by: byOf(actor, key, bodyHash),
          fundIds: fundsOf(command),
          plan: () => ({ commands: [command], settle: ([entries = []]) => entries }),
        }),
      ),
    async startFrom(paper) {
      for (const name of ['ledger_books', 'ledger_entries', 'journal', 'outbox', 'requests'])
        await connection.collection(name).deleteMany({})
      clock.at = paper.now
      const decision = {
        entries: paper.entries,
        heads: [...paper.ground.heads.values()],
        holds: paper.holds(),
        subs: paper.subs().map(({ amountFen, ...sub }) => ({ ...sub, deltaFen: amountFen })),
        lows: [],
      }
      await services.inTransaction(byOf('C2', 'fixture', BODY), async (tx) => {
        await services.ledger.write(tx, NO_GROUND, decision)
        return null
      })
    },
  }
}

function byOf(staffId: string, key: string, bodyHash: string): By {
  const person = { kind: 'staff', staffId, account: staffId, name: staffId } as const
  const actor: Actor = { ...person, county: COUNTY, unit: COUNTY, roles: [] }
  return { actor, key, bodyHash }
}

/** The code of a refusal, `done` for anything else. @throws what is no refusal */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof DomainError) return error.code
      throw error
    },
  )
}
