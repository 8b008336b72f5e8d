import { expect } from 'chai'
import { acceptItem, returnItem } from '../../src/conference/index.ts'
import { CASE_PERMISSIONS } from '../../src/cases/index.ts'
import { may } from '../../src/shared/permissions.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { conferenceStory, refusalOf } from './case-before-conference.ts'

describe('Conference - judge proposal', () => {
  let w: World
  let story: ReturnType<typeof conferenceStory>

  before(async () => {
    w = await world()
    story = conferenceStory(w)
    w.clock.set('2026-11-24T11:00:00+08:00')
  })

  const sendBack = async (id: string, account: string, version?: number) =>
    returnItem(w.services, { id, version, reason: '乡镇可以解决' }, await w.by(account))
  const convene = async (id: string) => {
    const { caseNo } = await story.item(id)
    const open = await w.services.deadlines.openFor('320614', `case:${caseNo}`)
    return open.filter(({ name }) => name === 'conference.convene')
  }

  it('is accepted once, by civil affairs', async () => {
    const id = await story.proposed('常乐')
    for (const account of ['S1', 'CH1', 'D-常乐'])
      expect((await refusalOf(story.accept(id, account))).code, account).to.equal('conference.forbidden')
    for (const account of ['M-民政', 'D-悦来', 'OB-慈善', 'HD-C1'])
      expect((await refusalOf(story.accept(id, account))).code, account).to.equal('conference.not_found')
    await story.accept(id)
    expect((await refusalOf(story.accept(id))).code).to.equal('conference.already_accepted')
    expect(await convene(id)).to.have.lengthOf(1)
  })

  it('is sent back with a reason: the clock stops, the case is free, and the conference no longer sees it', async () => {
    const id = await story.proposed('常乐')
    const secretary = await w.staff('S1')
    expect(may(CASE_PERMISSIONS, secretary, 'case.read', await story.caseOf(id))).to.equal(true)
    await sendBack(id, 'C1')
    const found = await story.caseOf(id)
    expect((await story.item(id)).state).to.equal('RETURNED')
    expect(await convene(id)).to.deep.equal([])
    expect(found.obligations.map(({ kind }) => kind)).not.to.include('conference')
    expect(may(CASE_PERMISSIONS, secretary, 'case.read', found)).to.equal(false)
    expect((await story.propose(found.no, 'D-常乐')).state).to.equal('QUEUED')
  })

  it('cannot be sent back once a meeting is set, nor by those who may not', async () => {
    const queued = await story.proposed('常乐')
    for (const account of ['S1', 'D-常乐'])
      expect((await refusalOf(sendBack(queued, account))).code, account).to.equal('conference.forbidden')
    const id = await story.scheduled('常乐', 'housing')
    expect((await refusalOf(sendBack(id, 'C1'))).code).to.equal('conference.wrong_state')
  })

  it('is not judged on what has changed meanwhile', async () => {
    const id = await story.proposed('常乐')
    const { version } = await story.item(id)
    await acceptItem(w.services, { id, version }, await w.by('C1'))
    const stale = await refusalOf(sendBack(id, 'C1', version))
    expect([stale.code, stale.details['version']]).to.deep.equal(['version.stale', version + 1])
    expect((await story.item(id)).state).to.equal('QUEUED')
  })
})
