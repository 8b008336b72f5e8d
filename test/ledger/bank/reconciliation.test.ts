import { expect } from 'chai'
import { makePaymentFile } from '../../../src/aid/payment-files/make-payment-file.ts'
import { takeAnswer } from '../../../src/aid/payment-files/take-answer.ts'
import { importStatement, previewStatement } from '../../../src/ledger/bank/import-statement.ts'
import { confirmMatch, dropProposal, proposeMatch } from '../../../src/ledger/bank/match-by-hand.ts'
import type { Reconciliation } from '../../../src/ledger/bank/reconciliation.ts'
import { reconcile, unexplainedBankLines } from '../../../src/ledger/bank/reconciliation.ts'
import { registerAccount } from '../../../src/ledger/bank/register-account.ts'
import { drawCash, verifyLedger } from '../../../src/ledger/index.ts'
import { balanceOf } from '../../../src/ledger/fund.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import { fen } from '../../../src/shared/fen.ts'
import type { World } from '../../support/world.ts'
import { world } from '../../support/world.ts'
import { bankAnswer, bankStatement, COUNTY, decidedCase, FUND } from '../../aid/payment-files/a-bank.ts'

describe('Ledger - reconcile with the bank', function () {
  this.timeout(60_000)
  let story: World
  let opening: number

  beforeEach(async () => {
    story = await world()
    opening = (await book()).bank
    await registerAccount(story.services, { fundId: FUND, account: '6228-0001' }, await story.by('C2'))
  })

  const book = async () => {
    const head = (await story.services.ledger.head(COUNTY, FUND))!
    return { bank: balanceOf(head, 'bank'), suspense: balanceOf(head, 'suspense'), seq: head.seq }
  }
  const found = async (account = 'C2'): Promise<Reconciliation> =>
    reconcile(story.services, FUND, { actor: await story.staff(account) })
  const takes = async (bytes: Buffer, account = 'K-常乐') =>
    importStatement(story.services, { fundId: FUND, bytes }, await story.by(account))
  const codeOf = async (run: Promise<unknown>): Promise<string> => {
    try {
      await run
      return 'done'
    } catch (error) {
      if (error instanceof DomainError) return error.code
      throw error
    }
  }

  /** Two transfers in a file, the first paid by the bank under `B-1`, the other under `B-2`. */
  async function paidByBank(): Promise<readonly string[]> {
    const { decision } = await decidedCase(story, [12_000, 15_000])
    const orders = decision.orders.slice(0, 2)
    const { no } = await makePaymentFile(
      story.services,
      { orderIds: orders.map(({ id }) => id) },
      await story.by('K-常乐'),
    )
    const bytes = bankAnswer(
      no,
      orders.map(({ id, amountFen }, index) => ({ order: id, amountFen, reference: `B-${index + 1}` })),
    )
    await takeAnswer(story.services, { no, bytes }, await story.by('K-常乐'))
    return orders.map(({ id }) => id)
  }

  it('pairs what the bank answered by its reference, and the rest by amount and day; then the two agree', async () => {
    await paidByBank()
    await drawCash(story.services, { fundId: FUND, amountFen: fen(50_000) }, await story.by('K-常乐'))
    const before = await found()
    expect([before.bookFen, before.bankFen, before.lines]).to.deep.equal([opening - 77_000, 0, 0])

    const bytes = bankStatement(opening, [
      { amountFen: -15_000, reference: 'B-2', text: '付测试甲' },
      { amountFen: -12_000, reference: 'B-1' },
      { amountFen: -50_000, reference: 'ATM', on: '2026-11-21' },
    ])
    const preview = await previewStatement(story.services, { fundId: FUND, bytes }, await story.by('K-常乐'))
    expect(preview).to.include({ added: 3, known: 0, outFen: -77_000, closingFen: opening - 77_000 })
    expect((await found()).lines, 'a preview changes nothing').to.equal(0)
    expect((await takes(bytes)).matched).to.equal(3)
    const after = await found()
    expect(after).to.include({ inTransitFen: 0, notBookedFen: 0, gapFen: 0, lines: 3, matched: 3 })
    expect(after.bankFen).to.equal(after.bookFen)
    expect([after.openLines, after.transit]).to.deep.equal([[], []])
  })

  it('takes a statement once however often it comes, in pieces or whole, and never touches an entry (I18)', async () => {
    await paidByBank()
    const lines = [
      { amountFen: -12_000, reference: 'B-1' },
      { amountFen: -15_000, reference: 'B-2' },
      { amountFen: 300, reference: 'INT' },
    ]
    const entries = async () => story.services.ledger.entries(COUNTY, FUND, { limit: 1_000 })
    const untouched = await entries()
    await takes(bankStatement(opening, lines.slice(0, 2)))
    await takes(bankStatement(opening, lines))
    const once = await found()
    expect((await takes(bankStatement(opening, lines))).added).to.equal(0)
    await Promise.all([takes(bankStatement(opening, lines)), takes(bankStatement(opening, lines), 'C2')])
    expect(await found()).to.deep.equal(once)
    expect(await entries()).to.deep.equal(untouched)
    expect([once.lines, once.matched, once.openLines.map(({ amountFen }) => amountFen)]).to.deep.equal([3, 2, [300]])
    expect(once.gapFen).to.equal(0)
  })

  it('shows what is on its way and what is not booked, and the identity holds with both', async () => {
    await paidByBank()
    await takes(
      bankStatement(opening, [
        { amountFen: -12_000, reference: 'B-1' },
        { amountFen: -500, reference: 'FEE' },
      ]),
    )
    const { transit, openLines, ...sums } = await found()
    expect(transit.map(({ amountFen }) => amountFen)).to.deep.equal([-15_000])
    expect(openLines.map(({ reference }) => reference)).to.deep.equal(['FEE'])
    expect(sums).to.include({ inTransitFen: -15_000, notBookedFen: -500, gapFen: 0 })
    expect(await unexplainedBankLines(story.services, COUNTY, FUND, '2026-11')).to.have.length(1)
    expect(await unexplainedBankLines(story.services, COUNTY, FUND, '2026-10')).to.have.length(0)
  })

  it('books a difference through suspense, proposed by one and confirmed by another, once', async () => {
    await takes(
      bankStatement(opening, [
        { amountFen: -500, reference: 'FEE' },
        { amountFen: 700, reference: 'INT' },
      ]),
    )
    const [fee, interest] = (await found()).openLines
    const before = await book()
    const feeLine = { fundId: FUND, lineId: fee?.lineId ?? '' }
    await proposeMatch(story.services, { ...feeLine, reason: 'bank_fee' }, await story.by('K-常乐'))
    expect(await book(), 'a proposal books nothing').to.deep.equal(before)
    expect(await codeOf(confirm('K-常乐', feeLine))).to.equal('bank.same_person')
    expect(await codeOf(confirm('D-常乐', feeLine))).to.equal('fund.forbidden')
    expect(await codeOf(confirm('H-常乐', feeLine))).to.equal('done')
    expect(await codeOf(confirm('C2', feeLine))).to.equal('bank.not_proposed')
    expect(await book()).to.deep.equal({
      bank: before.bank - 500,
      suspense: before.suspense + 500,
      seq: before.seq + 1,
    })

    const interestLine = { fundId: FUND, lineId: interest?.lineId ?? '' }
    await proposeMatch(story.services, { ...interestLine, reason: 'interest' }, await story.by('K-常乐'))
    await Promise.all(['H-常乐', 'C2'].map((who) => codeOf(confirm(who, interestLine))))
    expect(await book()).to.deep.equal({
      bank: before.bank + 200,
      suspense: before.suspense - 200,
      seq: before.seq + 2,
    })
    expect(await found()).to.include({ gapFen: 0, notBookedFen: 0, inTransitFen: 0, matched: 2 })
    expect((await verifyLedger(story.services.ledger, { fundId: FUND })).faults).to.deep.equal([])
  })

  const confirm = async (account: string, line: { fundId: string; lineId: string }) =>
    confirmMatch(story.services, line, await story.by(account))

  it('pairs by hand only what is the same amount and still open', async () => {
    for (const amount of [5_000, 5_000, 9_000])
      await drawCash(story.services, { fundId: FUND, amountFen: fen(amount) }, await story.by('K-常乐'))
    await takes(
      bankStatement(opening, [
        { amountFen: -5_000, reference: 'A1' },
        { amountFen: -5_000, reference: 'A2' },
      ]),
    )
    const { openLines, transit } = await found()
    expect(
      openLines.map(({ candidates }) => candidates.length),
      'two alike are not guessed',
    ).to.deep.equal([2, 2])
    const [first, second] = openLines.map(({ lineId }) => lineId)
    const [one, , nine] = transit.map(({ entryId }) => entryId)
    const propose = async (lineId = '', entryId = '') =>
      proposeMatch(story.services, { fundId: FUND, lineId, entryId }, await story.by('K-常乐'))
    expect(await codeOf(propose(first, nine))).to.equal('bank.amount_differs')
    expect(await codeOf(propose(first, one))).to.equal('done')
    expect(await codeOf(propose(second, one)), 'one entry, one line').to.equal('bank.already_matched')
    expect(await codeOf(propose(first, one)), 'one line, one entry').to.equal('bank.already_matched')
    const line = { fundId: FUND, lineId: first ?? '' }
    await dropProposal(story.services, line, await story.by('H-常乐'))
    expect(await codeOf(confirm('H-常乐', line))).to.equal('bank.not_proposed')
    await propose(first, one)
    await confirm('H-常乐', line)
    expect(
      (await found()).openLines.map(({ lineId }) => lineId),
      'the other awaits the next import',
    ).to.deep.equal([second])
    expect((await takes(bankStatement(opening, [{ amountFen: -5_000, reference: 'A1' }]))).matched).to.equal(1)
    expect((await found()).openLines).to.deep.equal([])
  })

  it('shows what the bank wrote only to those who compare', async () => {
    await takes(bankStatement(opening, [{ amountFen: -700, reference: 'X', text: '付测试甲' }]))
    const kept = JSON.stringify(await story.services.bank.newestLines(COUNTY, FUND, 5))
    expect(kept).to.not.include('测试甲')
    expect((await found('C2')).openLines[0]?.text).to.equal('付测试甲')
    expect((await found('A1')).openLines[0]?.text).to.equal('')
  })

  it('is for the fund’s own people and the county’s finance office', async () => {
    const bytes = bankStatement(opening, [{ amountFen: -700, reference: 'X' }])
    for (const account of ['D-常乐', 'K-悦来', 'A1', 'C1'])
      expect(await codeOf(takes(bytes, account)), account).to.equal('fund.forbidden')
    expect(
      await codeOf(registerAccount(story.services, { fundId: FUND, account: 'X-99' }, await story.by('C2'))),
    ).to.equal('bank.account_taken')
    expect(await codeOf(takesFor('township-320614104', bytes)), 'no account yet').to.equal('bank.account_unknown')
  })

  const takesFor = async (fundId: string, bytes: Buffer) =>
    importStatement(story.services, { fundId, bytes }, await story.by('C2'))
})
