import { expect } from 'chai'
import { confirmSupplement, decideAid, fileSupplement, payOrder } from '../../src/aid/index.ts'
import { closeCase, endEmergency, giveFeedback, verifyCase } from '../../src/cases/index.ts'
import { registerIntake } from '../../src/intake/index.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

describe('Journey - S01: stranded worker at night, no registration here', () => {
  let w: World
  let no: string

  before(async () => {
    w = await world()
  })

  const theCase = async () => (await w.services.cases.find('320614', no))!

  it('goes from the call to the township of the emergency, whatever the registration says', async () => {
    w.clock.set('2026-11-28T23:40:10+08:00')
    const answer = await registerIntake(
      w.services,
      {
        channel: 'hotline',
        callType: 'HELP',
        urgency: 'P1',
        place: { code: '320614103', text: '常乐镇公交站' },
        phone: '12800001111',
        text: '外地务工人员滞留，包被偷，今晚没有住处。户籍云南楚雄州。',
        needy: 'self',
        personInNeed: { name: '测试甲', identityNumber: '329900198804121018', phone: '12800001111' },
        tags: ['STRANDED', 'MIGRANT_NO_JOB'],
      },
      await w.by('O1'),
    )
    no = answer.caseNo!
    expect(answer.unit).to.equal('320614103')
    expect(answer.responsible).to.equal((await w.staff('D-常乐')).staffId)
    expect(answer.ackDueAt).to.equal(new Date('2026-11-29T00:10:10+08:00').toISOString())
  })

  it('is taken by the officer on duty', async () => {
    await w.passes('2026-11-28T23:52:00+08:00')
    await acknowledgeCase(w.services, { no }, await w.by('D-常乐'))
    await verifyCase(w.services, { no }, await w.by('D-常乐'))
    expect((await theCase()).stage).to.equal('VERIFYING')
  })

  it('is helped at once: decided by the officer, paid by the cashier', async () => {
    await w.passes('2026-11-29T00:20:00+08:00')
    const payee = { name: '测试甲', relation: 'self' }
    const decision = await decideAid(
      w.services,
      {
        no,
        kind: 'QUICK',
        persons: 1,
        reason: '今晚没有吃住',
        orders: [
          { kind: 'CASH', amountFen: 20_000, payee },
          { kind: 'SERVICE', amountFen: 12_000, payee, item: '旅馆一晚' },
          { kind: 'GOODS', amountFen: 3_000, payee, item: '食品' },
        ],
      },
      await w.by('D-常乐'),
    )
    expect(decision.totalFen).to.equal(35_000)
    for (const { id } of decision.orders) await payOrder(w.services, { orderId: id }, await w.by('K-常乐'))
    const found = await theCase()
    expect(found.stage).to.equal('ADVANCED')
    expect(found.aid.paidFen).to.equal(35_000)
    const head = (await w.services.ledger.head('320614', 'township-320614103'))!
    expect((head.bal.bank ?? 0) + (head.bal.cash ?? 0)).to.equal(4_968_000)
    expect(head.bal.inkind).to.equal(97_000)
  })

  it('owes its papers five working days after the emergency ended', async () => {
    await w.passes('2026-11-29T10:30:00+08:00')
    await endEmergency(w.services, { no, endedAt: w.clock.now() }, await w.by('D-常乐'))
    const clocks = await w.services.deadlines.openFor('320614', `case:${no}`)
    expect(clocks.map(({ name, dueAt }) => [name, dueAt.toISOString()])).to.deep.equal([
      ['advance.supplement', new Date('2026-12-05T00:00:00+08:00').toISOString()],
    ])
    expect((await theCase()).stage).to.equal('SUPPLEMENT_DUE')
  })

  it('is explained, confirmed, told and closed', async () => {
    await w.passes('2026-12-01T10:00:00+08:00')
    const [decision] = await w.services.aid.ofCase('320614', no)
    await fileSupplement(
      w.services,
      { id: decision!.id, text: '已安置并返乡', checked: ['receipt'] },
      await w.by('D-常乐'),
    )
    await w.passes('2026-12-02T09:00:00+08:00')
    await confirmSupplement(w.services, { id: decision!.id }, await w.by('C1'))
    await giveFeedback(w.services, { no, medium: 'phone', text: '已告知' }, await w.by('D-常乐'))
    await closeCase(w.services, { no }, await w.by('D-常乐'))
    expect((await theCase()).stages.map(({ stage }) => stage)).to.deep.equal([
      'RECEIVED', 'ROUTED', 'ACKED', 'VERIFYING', 'ADVANCED', 'EMERGENCY_ENDED', 'SUPPLEMENT_DUE',
      'SUPPLEMENTED', 'CONFIRMED', 'FED_BACK', 'CLOSED',
    ]) // prettier-ignore
  })

  it('leaves a journal whose chains hold', async () => {
    expect((await verifyJournal(w.services.connection, '320614')).faults).to.deep.equal([])
  })
})
