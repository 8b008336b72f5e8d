import { createInTransaction, journalModels } from '../../src/journal/index.ts'
import { createFundQueue } from '../../src/ledger/fund-queue.ts'
import { takeTurn } from '../../src/ledger/group-commit.ts'
import { ledgerModels } from '../../src/ledger/ledger-model.ts'
import { createLedgerStore } from '../../src/ledger/ledger-store.ts'
import { fundsOf } from '../../src/ledger/needs.ts'
import { connectMongo } from '../../src/platform/mongo/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { DomainError } from '../../src/shared/errors.ts'
import type { Reply, Request } from './ledger-messages.ts'

/** A process that books what it is told, until it is killed or meets the crash point it was started with. */
const [uri = '', poolSize = '24'] = process.argv.slice(2)

const connection = await connectMongo(uri, { maxPoolSize: Number(poolSize) })
journalModels(connection)
ledgerModels(connection)
let shownTime: string | undefined
const clock = { now: () => (shownTime === undefined ? new Date() : new Date(shownTime)) }
const services = {
  ledger: createLedgerStore(connection),
  fundQueue: createFundQueue(),
  inTransaction: createInTransaction({ connection, clock, wake: () => undefined }),
}

process.on('message', (request: Request) => void answer(request))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function answer(request: Request): Promise<void> {
  shownTime = request.at
  const reply = await book(request)
  process.send?.({ ...reply, id: request.id } satisfies Reply)
}

async function book({ county, actor, key, command }: Request): Promise<Omit<Reply, 'id'>> {
  const by = { actor: actorOf(county, actor), key, bodyHash: JSON.stringify(command) }
  try {
    const [entry] = await takeTurn(services, {
      by,
      fundIds: fundsOf(command),
      plan: () => ({ commands: [command], settle: ([entries = []]) => entries }),
    })
    if (!entry) return { outcome: 'failed', code: 'no entry' }
    const { entryId, hash, holdId } = entry
    return { outcome: 'posted', entryId, hash, ...(holdId === undefined ? {} : { holdId }) }
  } catch (error) {
    return refusalOf(error)
  }
}

function refusalOf(error: unknown): Omit<Reply, 'id'> {
  if (!(error instanceof DomainError)) return { outcome: 'failed', code: String(error) }
  const { code, details } = error
  const isFinal = !['outcome.unknown', 'fund.busy'].includes(code)
  const retryAfterMs = Number(details['retryAfterMs'] ?? 0)
  return { outcome: isFinal ? 'refused' : 'failed', code, ...(retryAfterMs > 0 ? { retryAfterMs } : {}) }
}

function actorOf(county: string, staffId: string): Actor {
  return { kind: 'staff', staffId, account: staffId, name: staffId, county, unit: county, roles: [] }
}
