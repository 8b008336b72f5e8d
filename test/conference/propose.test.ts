import { expect } from 'chai'
import { proposeCase } from '../../src/conference/index.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { conferenceStory, refusalOf } from './case-before-conference.ts'

describe('Conference - propose', () => {
  let w: World
  let story: ReturnType<typeof conferenceStory>

  before(async () => {
    w = await world()
    story = conferenceStory(w)
    w.clock.set('2026-11-24T10:00:00+08:00')
  })

  const conveneBy = async (urgency: 'P0' | 'P1' | 'P2' | 'P3') =>
    (await story.item(await story.proposed('常乐', urgency))).conveneBy.toISOString()

  it('gives urgent cases hours and others working days, as the county’s parameters say', async () => {
    const next = new Date('2026-11-25T10:00:00+08:00').toISOString()
    const friday = new Date('2026-11-28T00:00:00+08:00').toISOString()
    expect(await conveneBy('P0')).to.equal(next)
    expect(await conveneBy('P1')).to.equal(next)
    expect(await conveneBy('P2')).to.equal(friday)
    expect(await conveneBy('P3')).to.equal(friday)
  })

  it('refuses a case that nobody has taken yet', async () => {
    const no = await story.registered('常乐')
    const refused = await refusalOf(story.propose(no, 'D-常乐'))
    expect([refused.code, refused.details['state']]).to.deep.equal(['case.wrong_state', 'ROUTED'])
  })

  it('refuses a case that is before the conference already, whoever asks', async () => {
    const id = await story.proposed('常乐')
    const { caseNo } = await story.item(id)
    for (const account of ['D-常乐', 'B-常乐', 'C1'])
      expect((await refusalOf(story.propose(caseNo, account))).code).to.equal('conference.already_queued')
  })

  it('lets one of two officers win who propose at the same moment', async () => {
    const no = await story.verified('常乐')
    const answers = await Promise.allSettled([story.propose(no, 'D-常乐'), story.propose(no, 'B-常乐')])
    expect(answers.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected'])
    expect(await w.services.conferences.ofCase('320614', no)).to.have.lengthOf(1)
  })

  it('is done once however often the same key comes', async () => {
    const no = await story.verified('常乐')
    const by = await w.by('D-常乐')
    const input = { no, triggers: ['risk'] as const, reason: '有风险' }
    const first = await proposeCase(w.services, input, by)
    expect(await proposeCase(w.services, input, by)).to.deep.equal(first)
    expect(await w.services.conferences.ofCase('320614', no)).to.have.lengthOf(1)
    const other = await refusalOf(proposeCase(w.services, { ...input, reason: '别的' }, { ...by, bodyHash: 'other' }))
    expect(other.code).to.equal('key.other_body')
  })

  it('is refused to everybody whose case it is not', async () => {
    const no = await story.verified('常乐')
    for (const account of ['D-悦来', 'W-常乐', 'K-常乐', 'O1', 'S1', 'CH1', 'M-住建', 'OB-慈善'])
      expect((await refusalOf(story.propose(no, account))).code, account).to.equal('case.not_yours')
    expect((await refusalOf(story.propose(no, 'HD-C1'))).code).to.equal('case.not_found')
  })

  it('needs no second word when civil affairs itself proposes, and stays visible to the township', async () => {
    const no = await story.verified('常乐')
    const { id } = await story.propose(no, 'C1')
    const item = await story.item(id)
    expect(item.accepted?.staffId).to.equal((await w.staff('C1')).staffId)
    expect([item.unit, item.proposedBy.unit]).to.deep.equal(['320614103', '320614'])
  })
})
