import { expect } from 'chai'
import fc from 'fast-check'
import { countyFundId } from '../../../src/ledger/fund.ts'
import { monthAfter, nextToClose } from '../../../src/ledger/periods/months.ts'
import { buildStatement, gapOfRow } from '../../../src/ledger/statements/statement.ts'
import type { Statement } from '../../../src/ledger/statements/statement.ts'
import { fen } from '../../../src/shared/fen.ts'
import type { PaperLedger } from '../paper-ledger.ts'
import { aSource, CHANGLE, fixtureLedger, paidOrder } from '../paper-ledger.ts'

/** What may happen: a payment, a draw, a draw that belongs to the month before, days passing, a month closed. */
const step = fc.oneof(
  fc.record({ what: fc.constantFrom('pay', 'draw', 'late'), amount: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ what: fc.constant('pass'), amount: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ what: fc.constant('close'), amount: fc.constant(0) }),
)

describe('Ledger - statement', () => {
  function play(ledger: PaperLedger, { what, amount }: { what: string; amount: number }): void {
    const amountFen = fen(Math.max(1, amount))
    const draw = { do: 'draw-cash', fundId: CHANGLE, amountFen, source: aSource() } as const
    if (what === 'pay') paidOrder(ledger, CHANGLE, 'cash', `C${amount}`, amountFen)
    if (what === 'draw') ledger.run(draw)
    if (what === 'pass') ledger.now = new Date(ledger.now.getTime() + amount * 86_400_000)
    if (what === 'late') {
      const lateFor = monthBefore(ledger.head(CHANGLE).period)
      ledger.attempt({ ...draw, effectiveOn: `${lateFor}-28`, lateFor })
    }
    if (what === 'close')
      ledger.attempt({
        do: 'close-period',
        fundId: CHANGLE,
        period: nextToClose(ledger.head(CHANGLE)),
        source: aSource(),
      })
  }

  function statementOf(ledger: PaperLedger, period: string): Statement {
    const entries = ledger.entries.filter(({ fundId }) => fundId === CHANGLE)
    const before = entries.findLast((entry) => entry.period < period)
    const head = ledger.head(CHANGLE)
    return buildStatement(
      head,
      period,
      before?.after.bal ?? {},
      entries.filter((entry) => entry.period === period),
    )
  }

  function monthsOf(ledger: PaperLedger): string[] {
    const months: string[] = []
    const last = ledger.head(CHANGLE).period
    for (let period = '2026-11'; period <= last; period = monthAfter(period)) months.push(period)
    return months
  }

  it('opens with what the month before closed with, adds up, and shows every entry once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ledger = fixtureLedger()
        for (const one of steps) play(ledger, one)
        const statements = monthsOf(ledger).map((period) => statementOf(ledger, period))
        statements.forEach((statement, at) => {
          const next = statements[at + 1]
          for (const row of statement.rows) {
            expect(gapOfRow(row), `${statement.period} ${row.account}`).to.equal(0)
            const opened = next?.rows.find(({ account }) => account === row.account)?.openingFen
            if (next) expect(opened, `${row.account} after ${statement.period}`).to.equal(row.closingFen)
          }
        })
        const head = ledger.head(CHANGLE)
        for (const row of statements.at(-1)!.rows) expect(row.closingFen).to.equal(head.bal[row.account])
        const shown = statements.flatMap(({ items }) => items.map(({ seq }) => seq))
        expect(shown).to.deep.equal(Array.from({ length: head.seq }, (_none, at) => at + 1))
      }),
      { numRuns: 60 },
    )
  })

  it('lists what came late once, with both dates and in columns of its own', () => {
    const ledger = fixtureLedger()
    play(ledger, { what: 'draw', amount: 300 })
    ledger.now = new Date('2026-12-03T09:00:00+08:00')
    play(ledger, { what: 'close', amount: 0 })
    play(ledger, { what: 'late', amount: 500 })
    const [november, december] = [statementOf(ledger, '2026-11'), statementOf(ledger, '2026-12')]
    expect(november.items.some(({ lateFor }) => lateFor !== undefined)).to.equal(false)
    const late = december.items.filter(({ lateFor }) => lateFor !== undefined)
    expect(
      late.map(({ effectiveOn, lateFor, bookedAt }) => [effectiveOn, lateFor, bookedAt.slice(0, 7)]),
    ).to.deep.equal([['2026-11-28', '2026-11', '2026-12']])
    const cash = december.rows.find(({ account }) => account === 'cash')!
    expect([cash.debitFen, cash.lateDebitFen, cash.closingFen - cash.openingFen]).to.deep.equal([0, 500, 500])
  })

  it('is the same for the county’s own book', () => {
    const ledger = fixtureLedger()
    const county = countyFundId('320614')
    const entries = ledger.entries.filter(({ fundId }) => fundId === county)
    const { rows } = buildStatement(ledger.head(county), '2026-11', {}, entries)
    for (const row of rows) {
      expect(gapOfRow(row)).to.equal(0)
      expect(row.closingFen).to.equal(ledger.head(county).bal[row.account])
    }
  })
})

function monthBefore(period: string): string {
  const [year = 0, month = 0] = period.split('-').map(Number)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}
