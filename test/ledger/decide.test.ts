import { expect } from 'chai'
import fc from 'fast-check'
import { fen, MAX_AMOUNT_FEN } from '../../src/shared/fen.ts'
import { accountsOf, identityGap, isReal } from '../../src/ledger/chart.ts'
import type { Command } from '../../src/ledger/command.ts'
import { decide, isRefused } from '../../src/ledger/decide.ts'
import { balanceOf, freeFen, isLow } from '../../src/ledger/fund.ts'
import { createVerifier } from '../../src/ledger/verify/verifier.ts'
import type { PaperLedger } from './paper-ledger.ts'
import {
  APPROVED,
  aSource,
  CHANGLE,
  COUNTY,
  DONATION,
  fixtureLedger,
  HAIYONG,
  SIJIA,
  SIJIA_VILLAGE,
} from './paper-ledger.ts'
import { anyStep, runHistory } from './random-commands.ts'

const histories = fc.array(anyStep, { minLength: 1, maxLength: 60, size: 'large' })

function verdictOf(ledger: PaperLedger) {
  const verifier = createVerifier()
  const inOrder = [...ledger.entries].sort((a, b) =>
    a.fundId === b.fundId ? a.seq - b.seq : a.fundId < b.fundId ? -1 : 1,
  )
  for (const entry of inOrder) verifier.add(entry)
  return verifier.finish({ heads: [...ledger.ground.heads.values()], holds: ledger.holds(), subs: ledger.subs() })
}

describe('Ledger - decide', () => {
  describe('over any history of commands', () => {
    it('balances every entry, keeps every identity, and never overdraws or promises twice', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          runHistory(steps, ({ ground, entries }) => {
            const last = entries.at(-1)!
            expect(last.legs.reduce((sum, { d, c }) => sum + d - c, 0)).to.equal(0)
            for (const head of ground.heads.values()) {
              expect(identityGap(head.kind, head.bal)).to.equal(0)
              for (const account of accountsOf(head.kind)) {
                if (account !== 'suspense') expect(balanceOf(head, account)).to.be.at.least(0)
                if (isReal(account)) expect(freeFen(head, account)).to.be.at.least(0)
              }
            }
          })
        }),
        { numRuns: 200 },
      )
    })

    it('numbers entries without a gap and leaves heads, holds and parts as the entries add up to', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const ledger = runHistory(steps, () => undefined)
          expect(verdictOf(ledger).faults).to.deep.equal([])
        }),
        { numRuns: 200 },
      )
    })

    it('changes nothing when it refuses', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          let before = fixtureLedger().entries.length
          runHistory(steps, (ledger, { outcome }) => {
            if (outcome !== 'done') expect(ledger.entries.length).to.equal(before)
            before = ledger.entries.length
          })
        }),
        { numRuns: 200 },
      )
    })

    it('resolves a hold at most once, for at most what was held, and never expires it early', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const { entries } = runHistory(steps, () => undefined)
          const resolved = entries.flatMap((entry) => (entry.hold && entry.hold.change !== 'placed' ? [entry] : []))
          expect(new Set(resolved.map((entry) => entry.hold!.id)).size).to.equal(resolved.length)
          for (const { hold, legs, bookedAt } of resolved) {
            const placed = entries.find((entry) => entry._id === hold!.id)!
            const paid = legs.reduce((sum, leg) => sum + leg.c, 0)
            expect(paid).to.be.at.most(placed.hold!.amountFen)
            if (hold!.change === 'expired')
              expect(new Date(bookedAt) >= new Date(placed.hold!.expiresAt!)).to.equal(true)
          }
        }),
        { numRuns: 200 },
      )
    })

    it('holds exactly the sum of its pending holds', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const ledger = runHistory(steps, () => undefined)
          for (const head of ledger.ground.heads.values()) {
            const pending = ledger.holds().filter((hold) => hold.fundId === head.fundId && hold.status === 'pending')
            const total = pending.reduce((sum, hold) => sum + hold.amountFen, 0)
            expect(Object.values(head.held).reduce((sum, held) => sum + held, 0)).to.equal(total)
          }
        }),
        { numRuns: 200 },
      )
    })

    it('says once that a fund is low each time it falls below its mark', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          let wasLow = new Map<string, boolean>()
          let told = 0
          runHistory(steps, (ledger) => {
            const isLowNow = new Map([...ledger.ground.heads].map(([id, head]) => [id, isLow(head)]))
            const fallen = [...isLowNow].filter(([id, low]) => low && wasLow.get(id) === false)
            if (wasLow.size > 0) expect(ledger.lows.length - told).to.equal(fallen.length)
            told = ledger.lows.length
            wasLow = isLowNow
          })
        }),
        { numRuns: 200 },
      )
    })

    it('books forward in time however the clock jumps', () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const { entries } = runHistory(steps, () => undefined)
          const newest = new Map<string, string>()
          for (const { fundId, bookedAt } of entries) {
            expect(bookedAt > (newest.get(fundId) ?? '')).to.equal(true)
            newest.set(fundId, bookedAt)
          }
        }),
        { numRuns: 100 },
      )
    })

    it('gives the same bytes for the same ground, command and stamp', () => {
      fc.assert(
        fc.property(histories, anyStep, (steps, step) => {
          const ledger = runHistory(steps, () => undefined)
          const { command, actor } = step(ledger)
          const stamp = { at: ledger.now, actor, isPerson: true, key: 'k', line: 0, bodyHash: 'b' }
          expect(textOf(decide(ledger.ground, command, stamp))).to.equal(textOf(decide(ledger.ground, command, stamp)))
        }),
        { numRuns: 100 },
      )
    })

    it('meets every kind of refusal and of command, so that the histories above are worth something', () => {
      const seen = new Set<string>()
      fc.assert(
        fc.property(histories, (steps) => {
          runHistory(steps, (_ledger, { command, outcome }) => seen.add(outcome === 'done' ? command.do : outcome))
        }),
        { numRuns: 400, seed: 20_261_122 },
      )
      expect([...seen]).to.include.members([
        'place-hold',
        'post-hold',
        'void-hold',
        'expire-hold',
        'pay',
        'confirm-advance',
        'replenish',
        'fund-subfund',
        'refuse-advance',
        'recall-claim',
        'take-over-debt',
        'receive-repayment',
        'write-off',
        'order-recovery',
        'settle-claims',
        'raise-quota',
        'lower-quota',
        'order-return',
        'pay-return',
        'book-shortage',
        'book-surplus',
        'charge-shortage',
        'hand-over-surplus',
        'reverse-entry',
        'return-payment',
        'freeze-fund',
        'thaw-fund',
        'fund.insufficient',
        'fund.frozen',
        'fund.not_frozen',
        'hold.not_pending',
        'hold.over_amount',
        'hold.not_due',
        'hold.same_person',
        'ledger.over_balance',
        'ledger.purpose_forbidden',
        'ledger.field_invalid',
        'ledger.second_person',
        'entry.not_reversible',
        'entry.reversed_before',
        'goods.insufficient',
      ])
    })
  })

  describe('amounts', () => {
    const draw = (amountFen: number): Command => ({
      do: 'draw-cash',
      fundId: CHANGLE,
      amountFen: amountFen as ReturnType<typeof fen>,
      source: aSource(),
    })

    for (const amount of [0, -1, 0.5, NaN, Infinity, 2 ** 53, MAX_AMOUNT_FEN + 1])
      it(`refuses ${amount} fen`, () => {
        expect(fixtureLedger().attempt(draw(amount))).to.equal('ledger.amount_invalid')
      })

    it('refuses to let a balance outgrow what is counted exactly', () => {
      const ledger = fixtureLedger()
      const receive = (): string =>
        ledger.attempt({ do: 'receive-budget', fundId: COUNTY, amountFen: fen(MAX_AMOUNT_FEN), source: aSource() })
      const outcomes = Array.from({ length: 101 }, receive)
      expect(outcomes.slice(0, 99)).to.deep.equal(Array(99).fill('done'))
      expect(outcomes.at(-1)).to.equal('ledger.overflow')
      expect(Number.isSafeInteger(ledger.head(COUNTY).bal.c_budget)).to.equal(true)
    })
  })

  describe('what it refuses', () => {
    const cases: readonly [string, string, (ledger: PaperLedger) => Command][] = [
      ['an unknown fund', 'fund.not_found', () => pay('township-320614400', 'cash')],
      ['a fund that is none', 'fund.id_invalid', () => pay('county', 'cash')],
      ['an unknown hold', 'hold.not_found', () => ({ do: 'post-hold', holdId: `${CHANGLE}:999` })],
      ['opening a fund twice', 'fund.exists', () => open(CHANGLE)],
      ['more than is free', 'fund.insufficient', () => pay(CHANGLE, 'cash', 200_001)],
      ['aid from the donations of another purpose', 'ledger.purpose_forbidden', () => pay(DONATION, 'd_bank')],
      ['a township paying from the county account', 'ledger.purpose_forbidden', () => pay(CHANGLE, 'c_bank')],
      ['the county paying from a till', 'ledger.purpose_forbidden', () => pay(COUNTY, 'cash')],
      ['budget money for a township', 'ledger.purpose_forbidden', () => sum('receive-budget', CHANGLE)],
      ['donations for a township', 'ledger.purpose_forbidden', () => sum('receive-donation', CHANGLE)],
      ['a township as its own village', 'fund.id_invalid', () => subfund(SIJIA)],
      [
        'a village refilled by cash into its bank beyond its claim',
        'ledger.over_balance',
        () => refill(SIJIA_VILLAGE, 'cash'),
      ],
      ['a township refilled in cash', 'ledger.purpose_forbidden', () => refill(CHANGLE, 'cash')],
      ['confirming what was never advanced', 'ledger.over_balance', () => confirm(CHANGLE)],
      ['an event of tomorrow', 'ledger.field_invalid', () => ({ ...pay(CHANGLE, 'cash'), effectiveOn: '2026-11-29' })],
      ['a sentence as reason', 'ledger.field_invalid', () => ({ ...pay(CHANGLE, 'cash'), reason: 'he was very poor' })],
      [
        'a paper that is no digest',
        'ledger.field_invalid',
        () => ({ ...pay(CHANGLE, 'cash'), evidence: ['scan.pdf'] }),
      ],
    ]

    for (const [what, code, command] of cases)
      it(`refuses ${what}`, () => {
        const ledger = fixtureLedger()
        expect(ledger.attempt(command(ledger))).to.equal(code)
      })

    it('says how much is free and how much was wanted', () => {
      const ledger = fixtureLedger()
      const stamp = { at: ledger.now, actor: 'D', isPerson: true, key: 'k', line: 0, bodyHash: 'b' }
      const outcome = decide(ledger.ground, pay(HAIYONG, 'cash', 60_000), stamp)
      const expected = { fundId: HAIYONG, account: 'cash', freeFen: 50_000, heldFen: 0, wantedFen: 60_000 }
      expect(isRefused(outcome) && outcome.refusal.details).to.deep.equal(expected)
    })

    it('lets nobody pay what he decided himself', () => {
      const ledger = fixtureLedger()
      const { holds } = ledger.run({ ...pay(CHANGLE, 'cash'), do: 'place-hold' } as Command, { actor: 'D-常乐' })
      const post: Command = { do: 'post-hold', holdId: holds[0]!.holdId }
      expect(ledger.attempt(post, { actor: 'D-常乐' })).to.equal('hold.same_person')
      expect(ledger.attempt(post, { actor: 'K-常乐' })).to.equal('done')
    })

    it('lets nothing into a frozen fund until it is thawed', () => {
      const ledger = fixtureLedger()
      ledger.run({ do: 'freeze-fund', fundId: CHANGLE, reason: 'audit', source: aSource() })
      expect(ledger.attempt(pay(CHANGLE, 'cash'))).to.equal('fund.frozen')
      expect(ledger.attempt(sum('order-appropriation', CHANGLE))).to.equal('fund.frozen')
      ledger.run({ do: 'thaw-fund', fundId: CHANGLE, ...APPROVED, source: aSource() })
      expect(ledger.attempt(pay(CHANGLE, 'cash'))).to.equal('done')
    })
  })

  it('frees what a partial payment leaves of a hold', () => {
    const ledger = fixtureLedger()
    const { holds } = ledger.run({ ...pay(CHANGLE, 'cash', 50_000), do: 'place-hold' } as Command)
    expect(freeFen(ledger.head(CHANGLE), 'cash')).to.equal(150_000)
    ledger.run({ do: 'post-hold', holdId: holds[0]!.holdId, amountFen: fen(20_000) }, { actor: 'K-1' })
    expect(freeFen(ledger.head(CHANGLE), 'cash')).to.equal(180_000)
    expect(ledger.head(CHANGLE).held.cash).to.equal(0)
    expect(ledger.holds()[0]).to.include({ status: 'posted', postedFen: 20_000 })
  })

  it('books money to a village in three books that know of each other', () => {
    const ledger = fixtureLedger()
    const { entries } = ledger.run(subfund(SIJIA_VILLAGE, 1_000))
    const ids = entries.map((entry) => entry._id)
    for (const entry of entries) expect([entry._id, ...entry.twins].sort()).to.deep.equal([...ids].sort())
    expect(ledger.head(SIJIA).bal).to.include({ bank: 4_699_000, quota: 4_899_000 })
    expect(ledger.head(SIJIA_VILLAGE).bal).to.include({ cash: 101_000, quota: 101_000 })
    expect(ledger.head(COUNTY).bal.c_funds).to.equal(26_250_000)
  })
})

function pay(fundId: string, account: 'cash' | 'c_bank' | 'd_bank', amount = 1_000): Command {
  return {
    do: 'pay',
    fundId,
    account,
    amountFen: fen(amount),
    purpose: { use: 'advance', caseNo: 'A1' },
    source: aSource(),
  }
}

function open(fundId: string): Command {
  return { do: 'open-fund', fundId, name: '常乐', terms: { floatFen: fen(0), lowWaterPercent: 0 }, source: aSource() }
}

function sum(name: 'receive-budget' | 'receive-donation' | 'order-appropriation', fundId: string): Command {
  return { do: name, fundId, amountFen: fen(1_000), source: aSource() }
}

function subfund(fundId: string, amount = 1_000): Command {
  return { do: 'fund-subfund', fundId, from: 'bank', into: 'cash', amountFen: fen(amount), source: aSource() }
}

function refill(fundId: string, into: 'bank' | 'cash'): Command {
  const lines = [{ caseNo: 'A1', type: '急难', amountFen: fen(1_000), into }]
  return { do: 'replenish', fundId, lines, ...APPROVED, source: aSource() }
}

function confirm(fundId: string): Command {
  return { do: 'confirm-advance', fundId, caseNo: 'A1', type: '急难', amountFen: fen(1_000), source: aSource() }
}

function textOf(outcome: ReturnType<typeof decide>): string {
  return JSON.stringify(isRefused(outcome) ? outcome.refusal.code : outcome)
}
