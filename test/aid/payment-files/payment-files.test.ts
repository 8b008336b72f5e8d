import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { freeUnpaid } from '../../../src/aid/free-unpaid.ts'
import { downloadPaymentFile } from '../../../src/aid/payment-files/download-payment-file.ts'
import { makePaymentFile } from '../../../src/aid/payment-files/make-payment-file.ts'
import { previewAnswer, takeAnswer } from '../../../src/aid/payment-files/take-answer.ts'
import { withdrawPaymentFile } from '../../../src/aid/payment-files/withdraw-payment-file.ts'
import { failOrder, payOrder } from '../../../src/aid/pay-order.ts'
import type { DecisionAnswer } from '../../../src/aid/index.ts'
import { balanceOf, heldOf } from '../../../src/ledger/fund.ts'
import type { BankFault } from '../../../src/ledger/index.ts'
import { verifyLedger } from '../../../src/ledger/index.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import type { World } from '../../support/world.ts'
import { world } from '../../support/world.ts'
import { ACCOUNT, bankAnswer, COUNTY, decidedCase, FUND } from './a-bank.ts'

describe('Aid - payment files', function () {
  this.timeout(60_000)
  let story: World
  let decision: DecisionAnswer
  let caseNo: string
  let orders: readonly { readonly id: string; readonly amountFen: number }[]

  before(async () => {
    story = await world()
  })

  beforeEach(async () => {
    ;({ decision, caseNo } = await decidedCase(story, [12_000, 15_000]))
    orders = decision.orders.slice(0, 2)
  })

  const cashier = () => story.by('K-常乐')
  const ids = (): string[] => orders.map(({ id }) => id)
  const make = async (orderIds = ids()) => makePaymentFile(story.services, { orderIds }, await cashier())
  const statesOf = async (): Promise<string[]> =>
    ((await story.services.aid.find(COUNTY, decision.id))?.orders ?? []).map(({ state }) => state)
  const answer = async (no: string, bytes: Buffer) => takeAnswer(story.services, { no, bytes }, await cashier())
  const allPaid = (no: string): Buffer =>
    bankAnswer(
      no,
      orders.map(({ id, amountFen }, index) => ({ order: id, amountFen, reference: `B${no}-${index}` })),
    )
  const box = async (): Promise<{ bankFen: number; heldFen: number }> => {
    const head = (await story.services.ledger.head(COUNTY, FUND))!
    return { bankFen: balanceOf(head, 'bank'), heldFen: heldOf(head, 'bank') }
  }
  async function codeOf(run: Promise<unknown>): Promise<string> {
    try {
      await run
      return 'done'
    } catch (error) {
      if (error instanceof DomainError) return error.code
      throw error
    }
  }

  it('holds names and accounts in the file only, the same bytes every time, and every download is on record', async () => {
    const made = await make()
    const [first, second] = [
      await downloadPaymentFile(story.services, { no: made.no }, await cashier()),
      await downloadPaymentFile(story.services, { no: made.no }, await cashier()),
    ]
    expect(first.bytes.equals(second.bytes)).to.equal(true)
    const rows = parse<Record<string, string>>(first.bytes, { bom: true, columns: true })
    expect(rows.map((row) => [row['batch'], row['order'], row['amount'], row['payee'], row['account']])).to.deep.equal([
      [made.no, orders[0]?.id, '120.00', '测试甲', ACCOUNT],
      [made.no, orders[1]?.id, '150.00', '测试甲', ACCOUNT],
    ])
    expect([made.count, made.sumFen]).to.deep.equal([2, 27_000])
    const kept = JSON.stringify(await story.services.paymentFiles.find(COUNTY, made.no))
    expect(kept).to.not.include('测试甲').and.not.include(ACCOUNT)
    const looks = (await story.services.journal.stream(COUNTY, `case:${caseNo}`)).filter(
      ({ type }) => type === 'aid.payee_shown',
    )
    expect(looks).to.have.length(4)
    expect(looks[0]?.actor.staffId).to.equal((await story.staff('K-常乐')).staffId)
  })

  it('lets nobody pay what lies at the bank by hand, put it into another file, or free it when its time is over', async () => {
    await make()
    const [orderId = ''] = ids()
    expect(await codeOf(payOrder(story.services, { orderId }, await cashier()))).to.equal('payment.at_bank')
    expect(await codeOf(failOrder(story.services, { orderId, reason: 'payee_absent' }, await cashier()))).to.equal(
      'payment.at_bank',
    )
    expect(await codeOf(make([orderId]))).to.equal('payment.at_bank')
    const { freedFen } = await freeUnpaidLater()
    expect(freedFen, 'the cash order alone').to.equal(3_000)
    expect(await statesOf()).to.deep.equal(['SENT', 'SENT', 'FAILED'])
  })

  it('posts what the bank paid and frees what it rejected, each once, however often the answer comes', async () => {
    const before = await box()
    const { no } = await make()
    const [first, second] = orders
    const bytes = bankAnswer(no, [
      { order: second?.id ?? '', amountFen: 15_000, reason: '账号错误' },
      { order: first?.id ?? '', amountFen: 12_000, reference: `B${no}` },
    ])
    const preview = await previewAnswer(story.services, { no, bytes }, await cashier())
    expect(preview).to.include({ paid: 1, paidFen: 12_000, rejected: 1, rejectedFen: 15_000, isRepeat: false })
    expect(await box(), 'a preview changes nothing').to.deep.equal(before)

    await answer(no, bytes)
    const after = { bankFen: before.bankFen - 12_000, heldFen: before.heldFen - 27_000 }
    expect(await box()).to.deep.equal(after)
    expect(await statesOf()).to.deep.equal(['PAID', 'FAILED', 'HELD'])
    expect((await answer(no, bytes)).isRepeat).to.equal(true)
    expect(await box(), 'taken twice').to.deep.equal(after)
    expect(await codeOf(answer(no, allPaid(no)))).to.equal('payment_file.not_open')
    const file = await story.services.paymentFiles.find(COUNTY, no)
    expect(file?.lines.map(({ state, reference, reason }) => [state, reference ?? reason])).to.deep.equal([
      ['PAID', `B${no}`],
      ['REJECTED', 'account_wrong'],
    ])
    expect((await verifyLedger(story.services.ledger, { fundId: FUND })).faults).to.deep.equal([])
  })

  it('takes two answers at once only once', async () => {
    const before = await box()
    const { no } = await make()
    await Promise.all([answer(no, allPaid(no)), answer(no, allPaid(no)), answer(no, allPaid(no))])
    expect(await box()).to.deep.equal({ bankFen: before.bankFen - 27_000, heldFen: before.heldFen - 27_000 })
  })

  for (const [name, spoil, fault] of [
    ['a line twice', (text: string) => `${text}${text.split('\n')[1] ?? ''}\n`, '4 duplicate'],
    ['a line missing', (text: string) => text.replace(/\n[^\n]+\n$/, '\n'), '0 missing_order'],
    ['half a line', (text: string) => text.replace(/,paid,.*\n$/, '\n'), '3 half_line'],
    ['a cut-off end', (text: string) => text.slice(0, -1), '3 cut_off'],
    ['another file’s number', (text: string) => text.replace(/\n\d{12},/, '\n000000000000,'), '2 foreign_batch'],
    ['an order of nobody', (text: string) => text.replace(/:1,/, ':9,'), '2 foreign_order'],
    ['another amount', (text: string) => text.replace('120.00', '121.00'), '2 amount_differs'],
    ['an amount that is none', (text: string) => text.replace('120.00', '-120.00'), '2 formula'],
    ['no result', (text: string) => text.replace(',paid,', ',maybe,'), '2 result'],
    ['a day to come', (text: string) => text.replace('2026-11-20', '2027-01-01'), '2 date'],
    ['a formula', (text: string) => text.replace(/,B\d+-0,/, ',=cmd,'), '2 formula'],
    ['no reference', (text: string) => text.replace(/,B\d+-0,/, ',,'), '2 reference'],
    ['an unknown reason', (text: string) => text.replace(/paid,B\d+-1,2026-11-20,/, 'rejected,,,because'), '3 reason'],
  ] as const)
    it(`refuses an answer with ${name} by line, and nothing of it is booked`, async () => {
      const before = await box()
      const { no } = await make()
      const bytes = Buffer.from(spoil(allPaid(no).toString()))
      const preview = await previewAnswer(story.services, { no, bytes }, await cashier())
      expect(preview.faults.map(({ line, code }) => `${line} ${code}`)).to.include(fault)
      let refused: readonly BankFault[] = []
      await answer(no, bytes).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'bank.file_refused')
          refused = error.details['faults'] as readonly BankFault[]
      })
      expect(refused).to.deep.equal(preview.faults)
      expect(await box()).to.deep.equal(before)
      expect(await statesOf()).to.deep.equal(['SENT', 'SENT', 'HELD'])
    })

  it('is taken back by somebody else than its maker, and its orders wait again', async () => {
    const { no } = await make()
    const taken = { no, reason: 'never_sent' as const }
    expect(await codeOf(withdrawPaymentFile(story.services, taken, await cashier()))).to.equal('payment_file.not_yours')
    await withdrawPaymentFile(story.services, taken, await story.by('H-常乐'))
    expect(await statesOf()).to.deep.equal(['HELD', 'HELD', 'HELD'])
    expect(await codeOf(answer(no, allPaid(no)))).to.equal('payment_file.not_open')
    expect(await codeOf(downloadPaymentFile(story.services, { no }, await cashier()))).to.equal('payment_file.not_open')
    expect((await make()).count).to.equal(2)
  })

  it('is made by a cashier of that unit only, of what the bank can pay', async () => {
    const by = (account: string) => story.by(account)
    const orderIds = ids()
    for (const account of ['D-常乐', 'K-悦来', 'A1'])
      expect(await codeOf(makePaymentFile(story.services, { orderIds }, await by(account)))).to.equal(
        'decision.not_yours',
      )
    const cash = decision.orders[2]?.id ?? ''
    expect(await codeOf(make([...orderIds, cash]))).to.equal('payment.no_account')
    expect(await codeOf(make([]))).to.equal('payment_file.empty')
    expect(await statesOf(), 'all or none').to.deep.equal(['HELD', 'HELD', 'HELD'])
    const { no } = await make()
    expect(await codeOf(downloadPaymentFile(story.services, { no }, await by('A1')))).to.equal('payment_file.not_yours')
    expect(await codeOf(downloadPaymentFile(story.services, { no }, await by('K-悦来')))).to.equal(
      'payment_file.not_yours',
    )
  })

  async function freeUnpaidLater() {
    const by = await cashier()
    const later = { ...story.services, inTransaction: story.services.inTransaction }
    const at = story.clock.now()
    story.clock.set(new Date(at.getTime() + 8 * 86_400_000))
    try {
      return await freeUnpaid(later, { decisionId: decision.id }, { ...by, actor: { ...by.actor, kind: 'system' } })
    } finally {
      story.clock.set(at)
    }
  }
})
