import { expect } from 'chai'
import type { ActionInput } from '../../src/ledger/fund-actions.ts'
import type { RealAccount } from '../../src/ledger/index.ts'
import {
  approveProposal,
  confirmAdvance,
  placeHold,
  postHold,
  propose,
  proposeRefund,
  receiveRepayment,
  refuseAdvance,
  takeOverDebt,
  withFundQueue,
} from '../../src/ledger/index.ts'
import { confirmInGoodFaith } from '../../src/ledger/fund-actions.ts'
import type { ProposalAnswer } from '../../src/ledger/proposals/propose.ts'
import type { PostedEntry } from '../../src/ledger/post-commands.ts'
import type { StoryLine } from '../../src/ledger/story-accounts.ts'
import { storyLines } from '../../src/ledger/story-accounts.ts'
import type { DomainError } from '../../src/shared/errors.ts'
import { fen } from '../../src/shared/fen.ts'
import { newId } from '../../src/shared/ids.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = 'county-320614'
const CHANGLE = 'township-320614103'
const YUELAI = 'township-320614104'
const YUDONG = 'township-320614106'
const HAIYONG = 'township-320614102'

describe('Ledger - the postings of the stories through its actions', function () {
  this.timeout(30_000)

  let w: World

  beforeEach(async () => {
    w = await world()
    w.clock.set('2026-12-02T10:00:00+08:00')
  })

  /** What entries come to as the accounts office writes it: `Dr ADVANCE:S01 20000 / Cr IMPREST:常乐 20000`. */
  async function written(posted: readonly PostedEntry[]): Promise<string> {
    const { ledger } = w.services
    const entries = await ledger.entriesById(
      '320614',
      posted.map(({ entryId }) => entryId),
    )
    const names = new Map((await ledger.headsOf('320614')).map(({ fundId, name }) => [fundId, name]))
    const side = (lines: readonly StoryLine[], name: 'Dr' | 'Cr', field: 'debitFen' | 'creditFen'): string =>
      lines
        .filter((line) => line[field] > 0)
        .map((line) => `${name} ${line.account} ${line[field]}`)
        .join(' · ')
    const lines = storyLines(entries, names)
    return `${side(lines, 'Dr', 'debitFen')} / ${side(lines, 'Cr', 'creditFen')}`
  }

  /** An order decided by one person and paid by another. */
  async function paid(fundId: string, account: RealAccount, caseNo: string, amount: number, by: readonly string[]) {
    const [decider = '', payer = ''] = by
    const purpose = { use: 'advance', caseNo } as const
    const order = { fundId, account, amountFen: fen(amount), purpose, source: { type: 'payment-order', id: newId() } }
    const { holdId } = await alone(decider, fundId, (tx) => placeHold(w.services, tx, order))
    return [await alone(payer, fundId, (tx) => postHold(w.services, tx, { holdId }))]
  }

  async function alone<Answer>(
    account: string,
    fundId: string,
    step: Parameters<typeof w.services.inTransaction<Answer>>[1],
  ): Promise<Answer> {
    const by = await w.by(account)
    return withFundQueue(w.services, [fundId], () => w.services.inTransaction(by, step, { keepForever: true }))
  }

  async function confirmed(fundId: string, caseNo: string, amount: number): Promise<PostedEntry[]> {
    const claim = { fundId, caseNo, type: '急难', amountFen: fen(amount) }
    const source = { type: 'supplement', id: `${caseNo}:${fundId}` }
    return [await alone('C1', fundId, (tx) => confirmAdvance(w.services, tx, { ...claim, source }))]
  }

  async function agreed({ proposalId, digest }: ProposalAnswer, account = 'C2'): Promise<readonly PostedEntry[]> {
    return (await approveProposal(w.services, { proposalId, digest }, await w.by(account))).items
  }

  it('S01', async () => {
    const by = ['D-常乐', 'K-常乐']
    expect(await written(await paid(CHANGLE, 'cash', 'S01', 20_000, by))).to.equal(
      'Dr ADVANCE:S01 20000 / Cr IMPREST:常乐 20000',
    )
    expect(await written(await paid(CHANGLE, 'bank', 'S01', 12_000, by))).to.equal(
      'Dr ADVANCE:S01 12000 / Cr IMPREST:常乐 12000',
    )
    expect(await written(await paid(CHANGLE, 'inkind', 'S01', 3_000, by))).to.equal(
      'Dr ADVANCE:S01 3000 / Cr GOODS:常乐 3000',
    )
    expect(await written(await confirmed(CHANGLE, 'S01', 35_000))).to.equal(
      'Dr RELIEF_EXPENSE:急难 35000 / Cr ADVANCE:S01 35000',
    )
    const refund = await proposeRefund(w.services, { fundId: CHANGLE }, await w.by('K-常乐'))
    expect(await written(await agreed(refund))).to.equal('Dr IMPREST:常乐 32000 / Cr COUNTY_FUND 32000')
  })

  it('S02', async () => {
    const by = ['D-悦来', 'K-悦来']
    const postings = [
      await paid(YUELAI, 'cash', 'S02', 80_000, by),
      await paid(YUELAI, 'inkind', 'S02', 40_000, by),
      await paid(YUELAI, 'bank', 'S02', 180_000, by),
      await paid(COUNTY, 'c_bank', 'S02', 100_000, ['C1', 'C2']),
    ]
    expect(await Promise.all(postings.map(written))).to.deep.equal([
      'Dr ADVANCE:S02 80000 / Cr IMPREST:悦来 80000',
      'Dr ADVANCE:S02 40000 / Cr GOODS:悦来 40000',
      'Dr ADVANCE:S02 180000 / Cr IMPREST:悦来 180000',
      'Dr ADVANCE:S02 100000 / Cr COUNTY_FUND 100000',
    ])
    const both = [...(await confirmed(YUELAI, 'S02', 300_000)), ...(await confirmed(COUNTY, 'S02', 100_000))]
    expect(both.map(({ kind }) => kind)).to.deep.equal(['advance.confirmed', 'advance.confirmed'])
    expect(await written(both)).to.equal('Dr RELIEF_EXPENSE:急难 400000 / Cr ADVANCE:S02 400000')
  })

  describe('S12', () => {
    const advance = { fundId: YUDONG, caseNo: 'S12', amountFen: fen(60_000) }
    const byCounty = async <Input>(
      action: (
        services: World['services'],
        input: Input,
        by: Awaited<ReturnType<World['by']>>,
      ) => Promise<PostedEntry[]>,
      input: Input,
      account = 'C2',
    ): Promise<string> => written(await action(w.services, input, await w.by(account)))

    beforeEach(() => paid(YUDONG, 'cash', 'S12', 60_000, ['D-余东', 'K-余东']))

    it('late papers are confirmed all the same', async () => {
      expect(await written(await confirmed(YUDONG, 'S12', 60_000))).to.equal(
        'Dr RELIEF_EXPENSE:急难 60000 / Cr ADVANCE:S12 60000',
      )
    })

    it('confirmed with a note', async () => {
      const input: ActionInput<'confirm-advance'> = { ...advance, type: '急难', reason: 'good-faith' }
      expect(await byCounty(confirmInGoodFaith, input, 'C1')).to.equal(
        'Dr RELIEF_EXPENSE:急难 60000 / Cr ADVANCE:S12 60000',
      )
    })

    for (const debtor of ['person', 'unit'] as const)
      it(`owed by the ${debtor}, half paid back, half written off`, async () => {
        const debt = { of: 'S12', debtor }
        const half = { fundId: COUNTY, ...debt, amountFen: fen(30_000) }
        expect(await byCounty(refuseAdvance, { ...advance, debtor }, 'C1')).to.equal(
          'Dr RECOVERABLE:S12 60000 / Cr ADVANCE:S12 60000',
        )
        expect(await byCounty(takeOverDebt, { fundId: YUDONG, ...debt, amountFen: fen(60_000) })).to.equal(
          'Dr IMPREST:余东 60000 / Cr COUNTY_FUND 60000',
        )
        expect(await byCounty(receiveRepayment, half)).to.equal('Dr COUNTY_FUND 30000 / Cr RECOVERABLE:S12 30000')
        const loss = await propose(w.services, { do: 'write-off', ...half, reason: 'debtor-gone' }, await w.by('C1'))
        expect(await written(await agreed(loss))).to.equal('Dr RELIEF_EXPENSE:loss 30000 / Cr RECOVERABLE:S12 30000')
      })
  })

  it('S14', async () => {
    const two = await Promise.allSettled([
      paid(HAIYONG, 'cash', 'S14', 40_000, ['D-海永', 'K-海永']),
      paid(HAIYONG, 'cash', 'S14', 40_000, ['B-海永', 'K-海永']),
    ])
    const done = two.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    const refused = two.flatMap((one) => (one.status === 'rejected' ? [one.reason as DomainError] : []))
    expect(await written(done)).to.equal('Dr ADVANCE:S14 40000 / Cr IMPREST:海永 40000')
    expect(refused.map(({ code, details }) => [code, details['freeFen']])).to.deep.equal([
      ['fund.insufficient', 10_000],
    ])
    expect(await written(await paid(COUNTY, 'c_bank', 'S14b', 40_000, ['C1', 'C2']))).to.equal(
      'Dr ADVANCE:S14b 40000 / Cr COUNTY_FUND 40000',
    )
  })
})
