import { createInTransaction, journalModels } from '../../src/journal/index.ts'
import type { Tx } from '../../src/journal/index.ts'
import {
  createFundQueue,
  createLedgerStore,
  ledgerModels,
  placeHold,
  postHold,
  voidHold,
  withFundQueue,
} from '../../src/ledger/index.ts'
import type { LedgerStore } from '../../src/ledger/index.ts'
import { connectMongo } from '../../src/platform/mongo/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { fen } from '../../src/shared/fen.ts'
import type { Crash, Reply, Request } from './ledger-messages.ts'

/** A process that books what it is told and dies, without a word, at the point it was started to die at. */
const [uri = '', crash = 'never', after = '0'] = process.argv.slice(2) as [string?, Crash?, string?]

const connection = await connectMongo(uri)
journalModels(connection)
const inTransaction = createInTransaction({ connection, clock: systemClock, wake: () => undefined })
const services = { ledger: dyingLedger(createLedgerStore(connection)), fundQueue: createFundQueue(), inTransaction }
ledgerModels(connection)
let left = Number(after)

process.on('message', (request: Request) => void answer(request))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function answer(request: Request): Promise<void> {
  const reply = await book(request)
  process.send?.({ ...reply, id: request.id } satisfies Reply)
}

async function book(request: Request): Promise<Omit<Reply, 'id'>> {
  const { county, fundId, key } = request
  const by = { actor: actorOf(county, request.actor), key, bodyHash: JSON.stringify(request.order) }
  try {
    const entry = await withFundQueue(services, [fundId], () =>
      inTransaction(by, (tx) => step(dyingTx(tx), request), { keepForever: true }),
    )
    return { outcome: 'posted', entryId: entry.entryId, hash: entry.hash, holdId: entry.holdId }
  } catch (error) {
    if (!(error instanceof DomainError)) return { outcome: 'failed', code: String(error) }
    const isFinal = !['outcome.unknown', 'fund.busy'].includes(error.code)
    return { outcome: isFinal ? 'refused' : 'failed', code: error.code }
  }
}

function step(tx: Tx, { fundId, order }: Request): ReturnType<typeof placeHold> {
  switch (order.do) {
    case 'hold':
      return placeHold(services, tx, {
        fundId,
        account: 'bank',
        amountFen: fen(order.amountFen),
        purpose: { use: 'advance', caseNo: order.orderId },
        source: { type: 'payment-order', id: order.orderId },
      })
    case 'pay':
      return postHold(services, tx, { holdId: order.holdId })
    case 'void':
      return voidHold(services, tx, { holdId: order.holdId })
  }
}

/** Dies between what has been read and what is written, or right after the writes. */
function dyingLedger(ledger: LedgerStore): LedgerStore {
  return {
    ...ledger,
    async write(...args) {
      dieAt('before-write')
      await ledger.write(...args)
      dieAt('after-write')
    },
  }
}

/** Dies when the commit is about to be sent, or when it is done and nobody has been told. */
function dyingTx(tx: Tx): Tx {
  const commit = tx.session.commitTransaction.bind(tx.session)
  tx.session.commitTransaction = async () => {
    dieAt('before-commit')
    await commit()
    dieAt('after-commit')
  }
  return tx
}

function dieAt(point: Crash): void {
  if (point !== crash) return
  left -= 1
  if (left <= 0) process.kill(process.pid, 'SIGKILL')
}

function actorOf(county: string, staffId: string): Actor {
  return { kind: 'staff', staffId, account: staffId, name: staffId, county, unit: county, roles: [] }
}
