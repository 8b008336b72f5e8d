import { expect } from 'chai'
import { giveOpinion } from '../../src/conference/index.ts'
import { itemTexts } from '../../src/conference/item-texts.ts'
import { positionsOf } from '../../src/conference/positions.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { conferenceStory, refusalOf, unitOf } from './case-before-conference.ts'

describe('Conference - speak', () => {
  let w: World
  let story: ReturnType<typeof conferenceStory>

  before(async () => {
    w = await world()
    story = conferenceStory(w)
    w.clock.set('2026-11-24T14:00:00+08:00')
  })

  it('hears every department although all write at the same moment', async () => {
    const id = await story.scheduled('悦来', 'housing', 'education', 'health')
    const accounts = ['M-民政', 'M-财政', 'M-住建', 'M-教育', 'M-卫健']
    await Promise.all(accounts.map((account) => story.speaks(id, account, 'FOR', `${account} 的意见`)))
    const item = await story.item(id)
    expect(positionsOf(item).map(({ stance }) => stance)).to.deep.equal(['FOR', 'FOR', 'FOR', 'FOR', 'FOR'])
    expect(itemTexts(w.services.vault, item).opinions).to.have.members(accounts.map((account) => `${account} 的意见`))
  })

  it('keeps what was said; a later word stands beside it', async () => {
    const id = await story.scheduled('悦来', 'housing')
    await story.speaks(id, 'M-住建', 'AGAINST', '先鉴定')
    await story.speaks(id, 'M-住建-2', 'FOR', '鉴定完可以修')
    const item = await story.item(id)
    expect(itemTexts(w.services.vault, item).opinions).to.deep.equal(['先鉴定', '鉴定完可以修'])
    expect(positionsOf(item).find(({ unit }) => unit === unitOf('housing'))?.stance).to.equal('FOR')
  })

  it('stores an opinion once, although the page sent it three times', async () => {
    const id = await story.scheduled('悦来', 'housing')
    const by = await w.by('M-住建')
    const send = () => giveOpinion(w.services, { id, stance: 'FOR', text: '可以修', offerFen: 0 }, by)
    const answers = [await send(), ...(await Promise.all([send(), send()]))]
    expect(new Set(answers.map(({ version }) => version)).size).to.equal(1)
    expect((await story.item(id)).opinions).to.have.lengthOf(1)
  })

  it('hears nobody who was not called, not even the chair or the secretary', async () => {
    const id = await story.scheduled('悦来', 'housing')
    for (const account of ['M-教育', 'OB-慈善', 'D-常乐', 'HD-M-住建'])
      expect((await refusalOf(story.speaks(id, account))).code, account).to.equal('conference.not_found')
    for (const account of ['CH1', 'S1', 'C1', 'D-悦来'])
      expect((await refusalOf(story.speaks(id, account))).code, account).to.equal('conference.forbidden')
  })

  it('hears nobody before a meeting is set or after it is over', async () => {
    const id = await story.scheduled('悦来')
    await story.open(id)
    await story.resolve(id, ['civil', 'finance'])
    expect((await refusalOf(story.speaks(id, 'M-民政'))).code).to.equal('conference.wrong_state')
    expect((await refusalOf(story.standsBack(id, 'M-民政'))).code).to.equal('conference.wrong_state')
  })

  describe('declare interest', () => {
    it('takes the voice of whoever is related, with what they said before; the substitute steps in', async () => {
      const id = await story.scheduled('悦来', 'disabled_federation')
      await story.speaks(id, 'M-残联', 'FOR')
      await story.standsBack(id, 'M-残联')
      const stance = async () =>
        positionsOf(await story.item(id)).find(({ unit }) => unit === unitOf('disabled_federation'))?.stance
      expect(await stance()).to.equal('NO_REPLY')
      expect((await refusalOf(story.speaks(id, 'M-残联'))).code).to.equal('conference.recused')
      expect((await refusalOf(story.standsBack(id, 'M-残联'))).code).to.equal('conference.recused')
      await story.speaks(id, 'M-残联-2', 'ABSTAIN')
      expect(await stance()).to.equal('ABSTAIN')
    })

    it('is on record without its words', async () => {
      const id = await story.scheduled('悦来', 'housing')
      await story.standsBack(id, 'M-住建')
      const { caseNo } = await story.item(id)
      const lines = await w.services.journal.stream('320614', `case:${caseNo}`)
      const line = lines.find(({ type }) => type === 'conference.interest_declared')
      expect(line?.data['fromUnit']).to.equal(unitOf('housing'))
      expect(JSON.stringify(lines)).not.to.include('表弟')
    })
  })
})
