import { expect } from 'chai'
import fc from 'fast-check'
import type { Pieces } from '../../../src/ledger/cash/cash-count.ts'
import { DENOMINATIONS_FEN, worthOf } from '../../../src/ledger/cash/cash-count.ts'
import { countFormSchema } from '../../../src/ledger/cash/cash-forms.ts'
import { confirmCount, enterCount, refuseCount } from '../../../src/ledger/cash/count-cash.ts'
import { missingCounts } from '../../../src/ledger/cash/missing-counts.ts'
import { balanceOf } from '../../../src/ledger/fund.ts'
import { drawCash, verifyLedger } from '../../../src/ledger/index.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import { fen } from '../../../src/shared/fen.ts'
import type { World } from '../../support/world.ts'
import { world } from '../../support/world.ts'

const COUNTY = '320614'
const FUND = 'township-320614103'

describe('Ledger - cash count', function () {
  this.timeout(30_000)
  let story: World

  before(async () => {
    story = await world()
  })

  const till = async () => {
    const head = (await story.services.ledger.head(COUNTY, FUND))!
    return { cash: balanceOf(head, 'cash'), suspense: balanceOf(head, 'suspense'), seq: head.seq }
  }
  const counts = async (countedFen: number | undefined, pieces?: readonly Pieces[], account = 'K-常乐') =>
    enterCount(story.services, { fundId: FUND, countedFen, pieces }, await story.by(account))
  const confirms = async (id: string, account = 'H-常乐') =>
    confirmCount(story.services, { fundId: FUND, id }, await story.by(account))
  const codeOf = async (run: Promise<unknown>): Promise<string> => {
    try {
      await run
      return 'done'
    } catch (error) {
      if (error instanceof DomainError) return error.code
      throw error
    }
  }

  it('names working days on which cash moved and nobody counted', async () => {
    const days = () => missingCounts(story.services, COUNTY, FUND)
    await story.passes('2026-11-28T10:00:00+08:00')
    await drawCash(story.services, { fundId: FUND, amountFen: fen(10_000) }, await story.by('K-常乐'))
    expect(await days(), 'a Saturday; the fixture drew cash on the 20th').to.deep.equal(['2026-11-20'])
    await story.passes('2026-11-30T10:00:00+08:00')
    await drawCash(story.services, { fundId: FUND, amountFen: fen(10_000) }, await story.by('K-常乐'))
    expect(await days()).to.deep.equal(['2026-11-30', '2026-11-20'])
    const { id } = await counts((await till()).cash)
    expect(await days()).to.deep.equal(['2026-11-20'])
    await refuseCount(story.services, { fundId: FUND, id }, await story.by('H-常乐'))
    expect(await days(), 'a refused count is none').to.deep.equal(['2026-11-30', '2026-11-20'])
  })

  it('books nothing when the till agrees, and keeps who counted and who stood beside', async () => {
    const before = await till()
    const { id, differenceFen } = await counts(before.cash)
    expect(differenceFen).to.equal(0)
    await confirms(id)
    expect(await till()).to.deep.equal(before)
    const kept = await story.services.cashCounts.find(COUNTY, id)
    expect(kept).to.include({ state: 'CONFIRMED', on: '2026-11-30', bookFen: before.cash, bookSeq: before.seq })
    expect([kept?.countedBy, kept?.witness]).to.deep.equal([
      (await story.staff('K-常乐')).staffId,
      (await story.staff('H-常乐')).staffId,
    ])
  })

  it('books what is missing or too much through suspense, once, when the witness confirms', async () => {
    const before = await till()
    const short = await counts(before.cash - 5_000)
    expect(await till(), 'entered, nothing booked').to.deep.equal(before)
    await Promise.all([codeOf(confirms(short.id)), codeOf(confirms(short.id, 'D-常乐'))])
    expect(await till()).to.deep.equal({ cash: before.cash - 5_000, suspense: 5_000, seq: before.seq + 1 })
    const over = await counts(before.cash)
    expect((await confirms(over.id)).differenceFen).to.equal(5_000)
    expect(await till()).to.deep.equal({ cash: before.cash, suspense: 0, seq: before.seq + 2 })
    expect(await codeOf(confirms(over.id))).to.equal('count.not_waiting')
    expect((await verifyLedger(story.services.ledger, { fundId: FUND })).faults).to.deep.equal([])
  })

  it('needs two people with posts of their own, one count at a time', async () => {
    const { cash } = await till()
    expect(await codeOf(counts(cash, undefined, 'D-常乐')), 'a duty officer keeps no till').to.equal('fund.forbidden')
    expect(await codeOf(counts(cash, undefined, 'K-悦来'))).to.equal('fund.forbidden')
    const { id } = await counts(cash)
    expect(await codeOf(counts(cash))).to.equal('count.waits_already')
    expect(await codeOf(confirms(id, 'K-常乐')), 'no cashier is a witness').to.equal('fund.forbidden')
    expect(await codeOf(confirms(id, 'H-悦来'))).to.equal('fund.forbidden')
    expect(await codeOf(confirms(id, 'A1')), 'an auditor only reads').to.equal('fund.forbidden')
    const both = await story.by('K-常乐')
    const roles = [...both.actor.roles, { role: 'deputy' as const, unit: '320614103' }]
    const asDeputy = { ...both, key: `${both.key}-2`, actor: { ...both.actor, roles } }
    expect(await codeOf(confirmCount(story.services, { fundId: FUND, id }, asDeputy))).to.equal('count.same_person')
    await refuseCount(story.services, { fundId: FUND, id }, await story.by('D-常乐'))
    expect(await codeOf(confirms(id))).to.equal('count.not_waiting')
    expect((await confirms((await counts(cash)).id)).state).to.equal('CONFIRMED')
  })

  it('adds up notes and coins, and refuses a sum that says otherwise', async () => {
    const pieces: readonly Pieces[] = [
      { valueFen: 10_000, count: 19 },
      { valueFen: 1_000, count: 10 },
    ]
    expect(await codeOf(counts(1, pieces))).to.equal('count.sum_differs')
    expect(await codeOf(counts(undefined))).to.equal('count.sum_missing')
    expect((await counts(undefined, pieces)).countedFen).to.equal(200_000)
  })
})

describe('Ledger - cash count form', () => {
  it('reads any number of notes and coins as their sum', () => {
    const someOfEach = fc.record(Object.fromEntries(DENOMINATIONS_FEN.map((valueFen) => [`p${valueFen}`, fc.nat(999)])))
    fc.assert(
      fc.property(someOfEach, (typed) => {
        const form = Object.fromEntries(
          Object.entries(typed).map(([name, count]) => [name, count ? String(count) : '']),
        )
        const read = countFormSchema.safeParse({ amount: '', ...form })
        const sum = DENOMINATIONS_FEN.reduce((total, value) => total + value * (typed[`p${value}`] ?? 0), 0)
        if (sum === 0) expect(read.success).to.equal(false)
        else expect(worthOf(read.data?.pieces ?? [])).to.equal(sum)
      }),
    )
  })

  it('takes nothing in the till for a count, and no word for a number', () => {
    expect(countFormSchema.parse({ amount: '0' })).to.deep.equal({ countedFen: 0, pieces: [] })
    expect(countFormSchema.parse({ amount: '1,234.5' }).countedFen).to.equal(123_450)
    for (const typed of [{}, { amount: '' }, { amount: 'x' }, { amount: '-5' }, { p100: '1.5' }, { p100: '-1' }])
      expect(countFormSchema.safeParse(typed).success, JSON.stringify(typed)).to.equal(false)
  })
})
