import { expect } from 'chai'
import fc from 'fast-check'
import { fen } from '../../src/shared/fen.ts'
import type { TrialBalance } from '../../src/ledger/trial-balance.ts'
import { countyBalances, standing } from '../../src/ledger/trial-balance.ts'
import { storyLines } from '../../src/ledger/story-accounts.ts'
import type { PaperLedger } from './paper-ledger.ts'
import {
  APPROVED,
  aSource,
  CHANGLE,
  COUNTY,
  DONATION,
  fixtureLedger,
  HAIYONG,
  paidOrder,
  YUELAI,
} from './paper-ledger.ts'
import { anyStep, runHistory } from './random-commands.ts'

describe('Ledger - the postings of the stories', () => {
  let ledger: PaperLedger

  beforeEach(() => {
    ledger = fixtureLedger()
  })

  function stories(): TrialBalance {
    return countyBalances([...ledger.ground.heads.values()], ledger.subs()).stories
  }

  function expectStories(expected: Readonly<Record<string, number>>): void {
    const balance = stories()
    for (const [account, amount] of Object.entries(expected))
      expect(standing(balance, account), account).to.equal(amount)
    expect(standing(balance, 'UNEXPLAINED')).to.equal(0)
    expect(balance.debitFen, 'debits').to.equal(balance.creditFen)
  }

  const confirm = (fundId: string, caseNo: string, amount: number): void => {
    const command = { do: 'confirm-advance', fundId, caseNo, type: '急难', amountFen: fen(amount) } as const
    ledger.run({ ...command, source: aSource('decision') })
  }

  it('opens the fixture as the stories begin', () => {
    expectStories({
      COUNTY_FUND: 73_750_000,
      BUDGET: -100_000_000,
      'IMPREST:常乐': 5_000_000,
      'IMPREST:悦来': 5_000_000,
      'IMPREST:四甲': 4_900_000,
      'IMPREST:余东': 5_000_000,
      'IMPREST:正余': 5_000_000,
      'IMPREST:海永': 50_000,
      'IMPREST_V:四甲一村': 100_000,
      'GOODS:常乐': 100_000,
      'GOODS:悦来': 100_000,
      'GOODS:余东': 1_000_000,
    })
    expect(ledger.head(CHANGLE).bal.cash).to.equal(200_000)
    expect(ledger.head(HAIYONG).bal.bank).to.equal(0)
    expect(ledger.head(DONATION).bal).to.deep.equal({ d_bank: 2_000_000, d_used: 0, d_given: 2_000_000 })
    expect(ledger.lows).to.deep.equal([])
  })

  it('keeps donations out of the county and its funds', () => {
    const balances = countyBalances([...ledger.ground.heads.values()], ledger.subs())
    expect(standing(balances.donations, 'DONATION')).to.equal(2_000_000)
    expect(standing(balances.donations, 'DONATION_RECEIVED')).to.equal(-2_000_000)
    expect(balances.stories.rows.map((row) => row.account).join()).not.to.include('DONATION')
  })

  it('posts S01: 35,000 advanced at night, confirmed, and the money part refunded', () => {
    paidOrder(ledger, CHANGLE, 'cash', 'S01', fen(20_000))
    paidOrder(ledger, CHANGLE, 'bank', 'S01', fen(12_000))
    paidOrder(ledger, CHANGLE, 'inkind', 'S01', fen(3_000))
    expectStories({ 'IMPREST:常乐': 4_968_000, 'GOODS:常乐': 97_000, 'ADVANCE:S01': 35_000 })

    confirm(CHANGLE, 'S01', 35_000)
    expectStories({ 'ADVANCE:S01': 0, 'RELIEF_EXPENSE:急难': 35_000, 'IMPREST:常乐': 4_968_000 })

    ledger.run({
      do: 'replenish',
      fundId: CHANGLE,
      lines: [{ caseNo: 'S01', type: '急难', amountFen: fen(32_000), into: 'bank' }],
      ...APPROVED,
      source: aSource('replenishment'),
    })
    expectStories({
      'IMPREST:常乐': 5_000_000,
      'GOODS:常乐': 97_000,
      'RELIEF_EXPENSE:急难': 35_000,
      COUNTY_FUND: 73_718_000,
    })
  })

  it('posts S02: 300,000 from the township and 100,000 by the county, confirmed together', () => {
    paidOrder(ledger, YUELAI, 'cash', 'S02', fen(80_000))
    paidOrder(ledger, YUELAI, 'inkind', 'S02', fen(40_000))
    paidOrder(ledger, YUELAI, 'bank', 'S02', fen(180_000))
    paidOrder(ledger, COUNTY, 'c_bank', 'S02', fen(100_000))
    expectStories({
      'IMPREST:悦来': 4_740_000,
      'GOODS:悦来': 60_000,
      'ADVANCE:S02': 400_000,
      COUNTY_FUND: 73_650_000,
    })

    confirm(YUELAI, 'S02', 300_000)
    confirm(COUNTY, 'S02', 100_000)
    expectStories({ 'ADVANCE:S02': 0, 'RELIEF_EXPENSE:急难': 400_000, 'IMPREST:悦来': 4_740_000 })
    expect(ledger.head(YUELAI).bal.claim).to.equal(300_000)
    expect(ledger.head(COUNTY).bal.c_expense).to.equal(100_000)
  })

  it('posts S14: of two cash decisions one is held, the other refused and offered to the county', () => {
    const decision = () =>
      ({
        do: 'place-hold',
        fundId: HAIYONG,
        account: 'cash',
        amountFen: fen(40_000),
        purpose: { use: 'advance', caseNo: 'S14' },
        source: aSource('payment-order'),
      }) as const
    const { holds } = ledger.run(decision())
    expect(ledger.attempt(decision())).to.equal('fund.insufficient')
    ledger.run({ do: 'post-hold', holdId: holds[0]!.holdId }, { actor: 'K-海永' })
    paidOrder(ledger, COUNTY, 'c_bank', 'S14b', fen(40_000))

    expectStories({ 'IMPREST:海永': 10_000, 'ADVANCE:S14': 40_000, 'ADVANCE:S14b': 40_000, COUNTY_FUND: 73_710_000 })
    expect(ledger.lows).to.deep.equal([{ fundId: HAIYONG, seq: 5, freeFen: 10_000, markFen: 15_000 }])
  })

  it('comes to the same from the entries as from the heads, over any history', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 60, size: 'large' }), (steps) => {
        const { ground, entries, subs } = runHistory(steps, () => undefined)
        const heads = [...ground.heads.values()]
        const names = new Map(heads.map(({ fundId, name }) => [fundId, name]))
        const { stories: chart, donations } = countyBalances(heads, subs())
        const fromHeads = new Map([...chart.rows, ...donations.rows].map((row) => [row.account, row]))
        const lines = storyLines(entries, names)
        expect(lines.length).to.equal(fromHeads.size)
        for (const line of lines) expect(fromHeads.get(line.account)).to.deep.equal(line)
      }),
      { numRuns: 100 },
    )
  })
})
