import { expect } from 'chai'
import { decideAid, payOrder } from '../../src/aid/index.ts'
import { endEmergency } from '../../src/cases/index.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import { changeRoles } from '../../src/directory/staff/edit-staff.ts'
import { endStaff } from '../../src/directory/staff/end-staff.ts'
import { registerIntake } from '../../src/intake/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { aRequest } from '../support/a-request.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'

describe('Routing - hand on', () => {
  let w: World

  before(async () => {
    w = await world()
    w.clock.set('2026-11-23T09:00:00+08:00')
  })

  const idOf = async (account: string): Promise<string> => (await w.staff(account)).staffId
  const theCase = async (no: string) => (await w.services.cases.find(COUNTY, no))!
  const clocksOf = async (no: string) => w.services.deadlines.openFor(COUNTY, `case:${no}`)
  const noticesTo = async (no: string, staffId: string) =>
    (await w.services.notices.ofCase(COUNTY, no))
      .filter(({ to }) => to === staffId)
      .map(({ kind, medium }) => `${kind}/${medium}`)

  const stranded = async (code: string, urgency: 'P0' | 'P1' | 'P2' = 'P2'): Promise<string> => {
    const caseNo = await aRequest(w, 'HD-O4', {
      urgency,
      place: { code, text: '车站' },
      phone: '12800002222',
      text: '滞留，今晚没有住处',
      tags: ['STRANDED'],
    })
    await w.settles()
    return caseNo
  }
  const leaves = async (account: string): Promise<void> => {
    const staffId = await idOf(account)
    const { version } = (await w.services.staff.find(COUNTY, staffId))!
    await endStaff(w.services, { staffId, version }, await w.by('HD-ADM'))
    await w.settles()
  }

  describe('when the officer who has a case leaves', () => {
    let taken: string
    let waiting: string
    let officer: string
    let waitingDueAt: Date | undefined

    before(async () => {
      officer = await idOf('HD-D-郑旺')
      taken = await stranded('371312108')
      await acknowledgeCase(w.services, { no: taken }, await w.by('HD-D-郑旺'))
      await w.settles()
      waiting = await stranded('371312108')
      waitingDueAt = (await theCase(waiting)).nearestDueAt
      await leaves('HD-D-郑旺')
    })

    it('gives it at once to whoever stands in, and keeps why', async () => {
      const { responsible, unit } = await theCase(taken)
      expect(unit).to.equal('371312108')
      expect(responsible).to.include({ unit: '371312108', staffId: await idOf('HD-B-郑旺'), reason: 'left.stand_in' })
    })

    it('gives on what nobody had taken yet, with what is left of its time', async () => {
      expect((await theCase(waiting)).responsible.staffId).to.equal(await idOf('HD-B-郑旺'))
      const ack = (await clocksOf(waiting)).find(({ name }) => name === 'dispatch.ack')!
      expect(ack.staffId).to.equal(await idOf('HD-B-郑旺'))
      expect(ack.dueAt).to.deep.equal(waitingDueAt)
      expect(ack.history.at(-1)).to.include({ what: 'handed_over', reason: 'left' })
    })

    it('leaves no clock with the one who left', async () => {
      expect(await w.services.deadlineStore.openOwedBy(COUNTY, officer)).to.deep.equal([])
    })

    it('tells the one who has it now', async () => {
      const deputy = await idOf('HD-B-郑旺')
      expect(await noticesTo(taken, deputy)).to.have.members(['case_handed_on/screen', 'case_handed_on/text'])
      expect(await noticesTo(waiting, deputy)).to.include.members(['case_for_you/screen', 'case_for_you/text'])
    })

    it('writes one line in the journal, of ids and codes only', async () => {
      const lines = await w.services.journal.stream(COUNTY, `case:${taken}`)
      const handed = lines.filter(({ type }) => type === 'case.handed_on')
      expect(handed.map(({ data }) => data)).to.deep.include({
        ...handed[0]!.data,
        reason: 'left',
        fromStaffId: officer,
        staffId: await idOf('HD-B-郑旺'),
      })
      expect(handed).to.have.length(1)
      expect((await verifyJournal(w.services.connection, COUNTY)).faults).to.deep.equal([])
    })

    it('goes on to the head and then to the county when the next leave, too', async () => {
      await leaves('HD-B-郑旺')
      expect((await theCase(taken)).responsible).to.include({ staffId: await idOf('HD-H-郑旺'), reason: 'left.head' })
      await leaves('HD-H-郑旺')
      const { responsible } = await theCase(taken)
      expect(responsible).to.include({ unit: COUNTY, staffId: await idOf('HD-C1') })
    })

    it('gives a new case of that township to the county as long as nobody is there', async () => {
      const no = await stranded('371312108')
      expect((await theCase(no)).responsible.staffId).to.equal(await idOf('HD-C1'))
    })
  })

  describe('when an officer is given another role', () => {
    it('hands on the cases the new role has no part in', async () => {
      const no = await stranded('371312107')
      await acknowledgeCase(w.services, { no }, await w.by('HD-D-八湖'))
      await w.settles()
      const staffId = await idOf('HD-D-八湖')
      const { version } = (await w.services.staff.find(COUNTY, staffId))!
      const roles = [{ role: 'window_clerk' as const, unit: '371312107' }]
      await changeRoles(w.services, { staffId, version, roles }, await w.by('HD-ADM'))
      await w.settles()
      const { responsible } = await theCase(no)
      expect(responsible).to.include({ staffId: await idOf('HD-B-八湖'), reason: 'role_ended.stand_in' })
    })

    it('leaves the cases with somebody who may still act on them', async () => {
      const no = await stranded('371312104')
      await acknowledgeCase(w.services, { no }, await w.by('HD-D-汤河'))
      await w.settles()
      const staffId = await idOf('HD-D-汤河')
      const { version } = (await w.services.staff.find(COUNTY, staffId))!
      const roles = [{ role: 'deputy' as const, unit: '371312104' }]
      await changeRoles(w.services, { staffId, version, roles }, await w.by('HD-ADM'))
      await w.settles()
      expect((await theCase(no)).responsible.staffId).to.equal(staffId)
    })
  })

  it('hands on the papers of an advance although the case is another’s by now', async () => {
    const no = await stranded('371312011')
    await acknowledgeCase(w.services, { no }, await w.by('HD-D-朝阳'))
    const payee = { name: '测试乙', relation: 'self' as const }
    const orders = [{ kind: 'CASH' as const, amountFen: 5_000, payee }]
    const decision = await decideAid(
      w.services,
      { no, kind: 'QUICK', persons: 1, reason: '今晚没有吃的', orders },
      await w.by('HD-D-朝阳'),
    )
    for (const { id } of decision.orders) await payOrder(w.services, { orderId: id }, await w.by('HD-K-朝阳'))
    await endEmergency(w.services, { no, endedAt: w.clock.now() }, await w.by('HD-D-朝阳'))
    await w.settles()
    const paper = async () => (await clocksOf(no)).find(({ name }) => name === 'advance.supplement')!
    expect((await paper()).staffId).to.equal(await idOf('HD-D-朝阳'))
    const { dueAt } = await paper()
    await leaves('HD-D-朝阳')
    expect(await paper()).to.deep.include({ staffId: await idOf('HD-B-朝阳'), unit: '371312011', dueAt })
    expect((await theCase(no)).responsible.staffId).to.equal(await idOf('HD-B-朝阳'))
  })

  it('takes a case back from somebody another process still believed to be there', async () => {
    const staffId = await idOf('HD-D-梅家埠')
    const { version } = (await w.services.staff.find(COUNTY, staffId))!
    const stale = await w.services.roster.book(COUNTY)
    await endStaff(w.services, { staffId, version }, await w.by('HD-ADM'))
    await w.settles()
    const believing = { ...w.services, roster: { ...w.services.roster, book: () => Promise.resolve(stale) } }
    const { caseNo } = await registerIntake(
      believing,
      {
        channel: 'hotline', callType: 'HELP', urgency: 'P1', place: { code: '371312010', text: '' }, text: '孩子一个人在家', phone: '12800003333',
        needy: 'other', tags: [],
      },
      await w.by('HD-O4'),
    ) // prettier-ignore
    expect((await theCase(caseNo!)).responsible.staffId).to.equal(staffId)
    await w.settles()
    expect((await theCase(caseNo!)).responsible.staffId).to.equal(await idOf('HD-B-梅家埠'))
  })
})
