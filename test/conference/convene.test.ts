import { expect } from 'chai'
import { openItem, scheduleItem } from '../../src/conference/index.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { conferenceStory, refusalOf, unitOf } from './case-before-conference.ts'

describe('Conference - convene', () => {
  let w: World
  let story: ReturnType<typeof conferenceStory>

  before(async () => {
    w = await world()
    story = conferenceStory(w)
    w.clock.set('2026-11-24T13:00:00+08:00')
  })

  const accepted = async () => {
    const id = await story.proposed('悦来')
    await story.accept(id)
    return id
  }

  describe('schedule', () => {
    it('always calls civil affairs and finance', async () => {
      const id = await accepted()
      await story.schedule(id, ['housing'])
      expect((await story.item(id)).calledUnits).to.deep.equal(['civil', 'finance', 'housing'].map(unitOf))
    })

    it('can be set anew; whoever was called stays called and is told once', async () => {
      const id = await accepted()
      await story.schedule(id, ['housing'])
      await story.schedule(id, ['education'])
      const { caseNo, calledUnits } = await story.item(id)
      expect(calledUnits).to.deep.equal(['civil', 'finance', 'housing', 'education'].map(unitOf))
      const lines = await w.services.journal.stream('320614', `case:${caseNo}`)
      const told = lines.filter(({ type }) => type === 'conference.called').map(({ data }) => data['toUnit'])
      expect(told).to.deep.equal(['civil', 'finance', 'housing', 'education'].map(unitOf))
    })

    it('refuses a moment that has passed and a department nobody knows', async () => {
      const id = await accepted()
      const at = (minutes: number) => new Date(w.clock.now().getTime() + minutes * 60_000)
      const set = async (meetingAt: Date, units: string[]) =>
        scheduleItem(w.services, { id, meetingAt, units }, await w.by('S1'))
      expect((await refusalOf(set(at(-16), []))).code).to.equal('conference.meeting_past')
      for (const unit of ['320614-charity', '371312-housing', 'nowhere'])
        expect((await refusalOf(set(at(60), [unit]))).code, unit).to.equal('conference.unit_unknown')
      expect((await set(at(0), [])).state).to.equal('SCHEDULED')
    })

    it('is the secretary’s alone', async () => {
      const id = await accepted()
      for (const account of ['C1', 'CH1', 'D-悦来'])
        expect((await refusalOf(story.schedule(id, [], account))).code, account).to.equal('conference.forbidden')
    })
  })

  describe('open', () => {
    it('is the chair’s alone, and only when a meeting is set', async () => {
      const id = await accepted()
      expect((await refusalOf(story.open(id))).code).to.equal('conference.wrong_state')
      await story.schedule(id, [])
      for (const account of ['S1', 'C1', 'M-民政', 'D-悦来'])
        expect((await refusalOf(story.open(id, account))).code, account).to.equal('conference.forbidden')
      await story.open(id)
      expect((await story.item(id)).opened?.staffId).to.equal((await w.staff('CH1')).staffId)
      expect((await refusalOf(story.open(id))).code).to.equal('conference.wrong_state')
    })

    it('begins one meeting when the chair presses twice', async () => {
      const id = await story.scheduled('悦来')
      const by = await w.by('CH1')
      const answers = await Promise.all([openItem(w.services, { id }, by), openItem(w.services, { id }, by)])
      expect(answers[0]).to.deep.equal(answers[1])
      const { caseNo } = await story.item(id)
      const lines = await w.services.journal.stream('320614', `case:${caseNo}`)
      expect(lines.filter(({ type }) => type === 'conference.opened')).to.have.lengthOf(1)
    })
  })
})
