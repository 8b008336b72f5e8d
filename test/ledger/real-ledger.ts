import type { Connection } from 'mongoose'
import { createInTransaction, journalModels } from '../../src/journal/index.ts'
import type { InTransaction, Tx } from '../../src/journal/index.ts'
import { createFundQueue, createLedgerStore, ledgerModels } from '../../src/ledger/index.ts'
import type { FundQueue, HoldInput, LedgerStore } from '../../src/ledger/index.ts'
import { bookArrival, openFund, orderAppropriation, receiveBudget, withFundQueue } from '../../src/ledger/index.ts'
import { placeHold, postHold } from '../../src/ledger/index.ts'
import type { By } from '../../src/shared/actor.ts'
import { fen } from '../../src/shared/fen.ts'
import { newId } from '../../src/shared/ids.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty, testStores } from '../support/database.ts'

/** The ledger of one fresh county on the real database. */
export interface RealLedger {
  readonly connection: Connection
  readonly ledger: LedgerStore
  readonly fundQueue: FundQueue
  readonly inTransaction: InTransaction
  readonly county: string
  readonly countyFund: string
  readonly township: string
  clock: { at: Date }
  /** A command of the county's finance office, with a fresh key. */
  finance(key?: string): By
  /** A command of a person with a role in the township. */
  officer(name: string, key?: string): By
  /** Runs one step as an action of its own, with its turn at the fund. */
  alone<Answer>(by: By, step: (tx: Tx) => Promise<Answer>): Promise<Answer>
}

/** A county with a budget and one township fund; the fund's money lies in the bank. */
export async function realLedger(fundFen: number, floatFen = fundFen, lowWaterPercent = 0): Promise<RealLedger> {
  const { connection } = await testStores((opened) => [journalModels(opened), ledgerModels(opened)])
  const county = freshCounty()
  const clock = { at: new Date('2026-11-28T23:40:10+08:00') }
  const real: RealLedger = {
    connection,
    ledger: createLedgerStore(connection),
    fundQueue: createFundQueue(),
    inTransaction: createInTransaction({ connection, clock: { now: () => clock.at }, wake: () => undefined }),
    county,
    countyFund: `county-${county}`,
    township: `township-${county}103`,
    clock,
    finance: (key) => byOf(anActor(county, 'county_finance', county, 'C2'), key),
    officer: (name, key) => byOf(anActor(county, 'cashier', `${county}103`, name), key),
    alone: (by, step) =>
      withFundQueue(real, [real.township], () => real.inTransaction(by, step, { keepForever: true })),
  }
  const terms = { floatFen: fen(floatFen), lowWaterPercent }
  const amountFen = fen(fundFen)
  await openFund(
    real,
    { fundId: real.countyFund, name: '县', terms: { floatFen: fen(0), lowWaterPercent: 0 } },
    real.finance(),
  )
  await receiveBudget(real, { fundId: real.countyFund, amountFen: fen(100_000_000) }, real.finance())
  await openFund(real, { fundId: real.township, name: '镇', terms }, real.finance())
  await orderAppropriation(real, { fundId: real.township, amountFen }, real.finance())
  await bookArrival(real, { fundId: real.township, amountFen }, real.finance())
  return real
}

/** A promise out of the township's bank account for a payment order of its own. */
export function anOrder(real: RealLedger, amount: number, caseNo = 'A1'): HoldInput {
  return {
    fundId: real.township,
    account: 'bank',
    amountFen: fen(amount),
    purpose: { use: 'advance', caseNo },
    source: { type: 'payment-order', id: newId() },
  }
}

/** One advance from decision to payment: two people, two transactions. */
export async function advance(real: RealLedger, amount: number, caseNo = 'A1'): Promise<string> {
  const { holdId } = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, amount, caseNo)))
  await real.alone(real.officer('K-1'), (tx) => postHold(real, tx, { holdId }))
  return holdId
}
