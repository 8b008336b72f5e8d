import { expect } from 'chai'
import { decideAid, payOrder } from '../../src/aid/index.ts'
import { CASE_PERMISSIONS, closeCase, giveFeedback } from '../../src/cases/index.ts'
import {
  acceptItem,
  declareInterest,
  giveOpinion,
  openItem,
  proposeCase,
  resolveItem,
  scheduleItem,
} from '../../src/conference/index.ts'
import { placeIn } from '../../src/conference/queue.ts'
import type { Envelope } from '../../src/journal/index.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import { may } from '../../src/shared/permissions.ts'
import { conferenceStory, refusalOf, unitOf } from '../conference/case-before-conference.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

describe('Journey - S08: housing, medical and education, one case, one plan', () => {
  let w: World
  let story: ReturnType<typeof conferenceStory>
  let no: string
  let id: string
  const called = [
    'civil',
    'finance',
    'housing',
    'medical_insurance',
    'education',
    'human_resources',
    'disabled_federation',
  ]

  before(async () => {
    w = await world()
    story = conferenceStory(w)
    w.clock.set('2026-12-08T09:00:00+08:00')
    no = await story.verified('正余')
  })

  const fedTo = async (room: string, since: string): Promise<readonly Envelope[]> => {
    await w.settles()
    const heard = await w.services.feed.since('320614', room, since)
    if (heard === 'reset') throw new Error(`The feed of ${room} does not reach back`)
    return heard
  }
  const clocks = async () =>
    (await w.services.deadlines.openFor('320614', `case:${no}`))
      .filter(({ name }) => name === 'conference.convene')
      .map(({ dueAt }) => dueAt.toISOString())

  it('is refused one fen above the township’s limit, and told that the county decides', async () => {
    const payee = { name: '测试丙', relation: 'self' }
    const decision = (amountFen: number) => ({
      no,
      kind: 'QUICK' as const,
      persons: 4,
      reason: '先行救助',
      orders: [{ kind: 'TRANSFER' as const, amountFen, payee }],
    })
    const refused = await refusalOf(decideAid(w.services, decision(300_001), await w.by('D-正余')))
    expect(refused.code).to.equal('decision.over_limit')
    expect(refused.details).to.include({ limitFen: 300_000, usedFen: 0, wantedFen: 300_001, next: 'county' })
    const { orders } = await decideAid(w.services, decision(300_000), await w.by('D-正余'))
    for (const order of orders) await payOrder(w.services, { orderId: order.id }, await w.by('K-正余'))
    const again = await refusalOf(decideAid(w.services, decision(1), await w.by('D-正余')))
    expect(again.details).to.include({ usedFen: 300_000, next: 'county' })
  })

  it('is proposed by the township; county and township see its place in the queue at once', async () => {
    await w.passes('2026-12-09T10:00:00+08:00')
    const since = `${Date.now() - 1}-0`
    const answer = await proposeCase(
      w.services,
      { no, triggers: ['cap_reached', 'several_departments'], reason: '快救限额已用完，还要住建、医保、教育一起帮' },
      await w.by('D-正余'),
    )
    id = answer.id
    expect(answer.state).to.equal('QUEUED')
    for (const room of [`case:${no}`, 'unit:320614107', 'unit:320614', 'queue:320614']) {
      const heard = await fedTo(room, since)
      const facts = heard.filter(({ data }) => data['itemId'] === id)
      expect(
        facts.map(({ type }) => type),
        room,
      ).to.include.members(['conference.proposed', 'conference.place'])
      const { data } = facts.find(({ type }) => type === 'conference.place')!
      const queue = await w.services.conferences.queue('320614')
      expect({ place: data['place'], of: data['of'] }, room).to.deep.equal(placeIn(queue, id))
      expect(JSON.stringify(data), room).not.to.match(/限额|住建|测试/)
    }
  })

  it('must be convened within three working days, by the county’s parameter', async () => {
    expect(await clocks()).to.deep.equal([new Date('2026-12-15T00:00:00+08:00').toISOString()])
  })

  it('is accepted by civil affairs, then set by the secretary, who calls the departments', async () => {
    expect((await refusalOf(story.schedule(id, ['housing']))).code).to.equal('conference.not_accepted')
    await acceptItem(w.services, { id }, await w.by('C1'))
    const since = `${Date.now() - 1}-0`
    const meetingAt = new Date('2026-12-11T09:00:00+08:00')
    await scheduleItem(w.services, { id, meetingAt, units: called.slice(2).map(unitOf) }, await w.by('S1'))
    expect((await story.item(id)).calledUnits).to.have.members(called.map(unitOf))
    for (const unit of called.map(unitOf)) {
      const heard = await fedTo(`unit:${unit}`, since)
      expect(
        heard.map(({ type }) => type),
        unit,
      ).to.include('conference.called')
    }
  })

  it('shows the file to the departments called, and to nobody else', async () => {
    const found = (await w.services.cases.find('320614', no))!
    const maySee = async (account: string) => may(CASE_PERMISSIONS, await w.staff(account), 'case.read', found)
    for (const account of ['S1', 'CH1', 'C1', 'M-民政', 'M-住建', 'M-残联-2'])
      expect(await maySee(account), account).to.equal(true)
    for (const account of ['M-卫健', 'M-应急管理', 'OB-慈善', 'SP1', 'D-常乐', 'HD-C1', 'HD-CH1', 'K-正余'])
      expect(await maySee(account), account).to.equal(false)
  })

  it('hears each department; silence is no reply, and whoever is related has no voice', async () => {
    const say = async (account: string, stance: 'FOR' | 'AGAINST', text: string, offerFen = 0) =>
      giveOpinion(w.services, { id, stance, text, offerFen }, await w.by(account))
    await say('M-民政', 'FOR', '一事一议，分三次发放', 3_000_000)
    await say('M-财政', 'FOR', '资金可以保障')
    await say('M-住建', 'FOR', '危房改造九十天完成')
    await say('M-教育', 'FOR', '两名学生助学金')
    await say('M-人社', 'AGAINST', '先走工伤认定')
    await say('M-残联', 'FOR', '可以评估辅具')
    await declareInterest(w.services, { id, reason: '当事人是我表弟' }, await w.by('M-残联'))
    const refused = await refusalOf(say('M-残联', 'FOR', '还是同意'))
    expect(refused.code).to.equal('conference.recused')
    await say('M-残联-2', 'FOR', '由我评估')
    await say('M-人社', 'FOR', '三十天内办工伤认定')
    expect((await story.item(id)).opinions).to.have.lengthOf(8)
  })

  it('is opened by the chair, which meets the clock', async () => {
    await w.passes('2026-12-11T09:00:00+08:00')
    await openItem(w.services, { id }, await w.by('CH1'))
    expect(await clocks()).to.deep.equal([])
  })

  it('binds no department that did not agree, and decides nothing without quorum', async () => {
    const silent = await refusalOf(story.resolve(id, called, ['housing', 'medical_insurance']))
    expect([silent.code, silent.details['missing']]).to.deep.equal([
      'conference.not_agreed',
      [unitOf('medical_insurance')],
    ])
    const absent = await refusalOf(story.resolve(id, ['civil', 'housing'], ['housing', 'education']))
    expect([absent.code, absent.details['missing']]).to.deep.equal([
      'conference.no_quorum',
      [unitOf('finance'), unitOf('education')],
    ])
  })

  it('ends in a numbered resolution with measures per department that cannot be changed', async () => {
    await giveOpinion(w.services, { id, stance: 'FOR', text: '三十天内结算', offerFen: 0 }, await w.by('M-医保'))
    const since = `${Date.now() - 1}-0`
    const measure = (unit: string, text: string, days: number, amountFen = 0) => ({
      unit: unitOf(unit),
      text,
      amountFen,
      dueAt: new Date(w.clock.now().getTime() + days * 86_400_000),
    })
    const resolution = {
      id,
      text: '一事一议救助 30,000 元，分三次发放；各部门按期办结。',
      presentUnits: called.map(unitOf),
      measures: [
        measure('civil', '县级资金分三次发放', 90, 3_000_000),
        measure('housing', '危房改造', 90),
        measure('medical_insurance', '医保结算', 30),
        measure('education', '两份助学金', 15),
        measure('human_resources', '工伤认定', 30),
        measure('disabled_federation', '评估辅具', 30),
      ],
    }
    await resolveItem(w.services, resolution, await w.by('S1'))
    const item = await story.item(id)
    expect(item.state).to.equal('RESOLVED')
    expect(item.resolution?.no).to.match(/^320614-2026-\d{2}$/)
    expect(item.resolution?.measures).to.have.lengthOf(6)
    expect(item.resolution?.positions.find(({ unit }) => unit === unitOf('disabled_federation'))?.stance).to.equal(
      'FOR',
    )
    expect(item.resolution?.quorum.value).to.equal('CHAIR_CIVIL_FINANCE_TASKED')
    expect((await refusalOf(resolveItem(w.services, resolution, await w.by('S1')))).code).to.equal(
      'conference.wrong_state',
    )
    expect((await fedTo('unit:320614-housing', since)).map(({ type }) => type)).to.include('conference.measure_given')
    const lines = await w.services.journal.stream('320614', `case:${no}`)
    const line = lines.find(({ type }) => type === 'conference.resolved')
    expect(line?.data['digest']).to.equal(item.resolution?.digest)
  })

  it('kept the case open until the conference was done with it', async () => {
    const found = (await w.services.cases.find('320614', no))!
    expect(found.obligations.map(({ kind }) => kind)).not.to.include('conference')
    const other = await story.proposed('正余')
    const { caseNo } = await story.item(other)
    const refused = await refusalOf(
      giveFeedback(w.services, { no: caseNo, medium: 'phone', text: '已告知' }, await w.by('D-正余')),
    )
    expect(refused.details['kinds']).to.include('conference')
    expect((await refusalOf(closeCase(w.services, { no: caseNo }, await w.by('D-正余')))).code).to.match(/^case\./)
  })

  it('leaves a journal whose chains hold', async () => {
    expect((await verifyJournal(w.services.connection, '320614')).faults).to.deep.equal([])
  })
})
