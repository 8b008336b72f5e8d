import { expect } from 'chai'
import { resolveItem } from '../../src/conference/index.ts'
import { itemTexts } from '../../src/conference/item-texts.ts'
import { digestOf } from '../../src/conference/resolve.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { conferenceStory, refusalOf, unitOf } from './case-before-conference.ts'

describe('Conference - resolve', () => {
  let w: World
  let story: ReturnType<typeof conferenceStory>

  before(async () => {
    w = await world()
    story = conferenceStory(w)
    w.clock.set('2026-11-24T15:00:00+08:00')
  })

  const inSession = async (...units: string[]) => {
    const id = await story.scheduled('悦来', ...units)
    await story.open(id)
    return id
  }

  it('counts on nobody who did not agree: silence, dissent, abstention and a voice withdrawn all refuse', async () => {
    const id = await inSession('housing', 'education', 'health', 'disabled_federation')
    await story.speaks(id, 'M-教育', 'AGAINST')
    await story.speaks(id, 'M-卫健', 'ABSTAIN')
    await story.speaks(id, 'M-残联', 'FOR')
    await story.standsBack(id, 'M-残联')
    for (const unit of ['housing', 'education', 'health', 'disabled_federation']) {
      const refused = await refusalOf(story.resolve(id, ['civil', 'finance', unit], [unit]))
      expect([refused.code, refused.details['missing']]).to.deep.equal(['conference.not_agreed', [unitOf(unit)]])
    }
    expect((await story.item(id)).state).to.equal('IN_SESSION')
  })

  it('needs civil affairs, finance and every department with a measure', async () => {
    const id = await inSession('housing')
    await story.speaks(id, 'M-住建')
    const missing = async (present: string[], tasked: string[]) =>
      (await refusalOf(story.resolve(id, present, tasked))).details['missing']
    expect(await missing(['civil'], [])).to.deep.equal([unitOf('finance')])
    expect(await missing(['finance', 'housing'], [])).to.deep.equal([unitOf('civil')])
    expect(await missing(['civil', 'finance'], ['housing'])).to.deep.equal([unitOf('housing')])
  })

  it('knows nobody who was not called, present or with a measure', async () => {
    const id = await inSession('housing')
    const code = async (present: string[], tasked: string[]) =>
      (await refusalOf(story.resolve(id, present, tasked))).code
    expect(await code(['civil', 'finance', 'education'], [])).to.equal('conference.not_called')
    expect(await code(['civil', 'finance'], ['education'])).to.equal('conference.not_called')
  })

  it('is filed by the secretary alone, after the chair has opened', async () => {
    const set = await story.scheduled('悦来')
    expect((await refusalOf(story.resolve(set, ['civil', 'finance']))).code).to.equal('conference.wrong_state')
    const id = await inSession()
    for (const account of ['CH1', 'C1', 'M-民政', 'D-悦来'])
      expect((await refusalOf(story.resolve(id, ['civil', 'finance'], [], account))).code).to.equal(
        'conference.forbidden',
      )
  })

  it('records dissent and silence beside consent', async () => {
    const id = await inSession('housing', 'education')
    await story.speaks(id, 'M-住建')
    await story.speaks(id, 'M-财政', 'AGAINST', '资金不够')
    await story.resolve(id, ['civil', 'finance', 'housing'], ['housing'])
    expect((await story.item(id)).resolution?.positions).to.deep.equal([
      { unit: unitOf('civil'), stance: 'NO_REPLY' },
      { unit: unitOf('finance'), stance: 'AGAINST' },
      { unit: unitOf('housing'), stance: 'FOR' },
      { unit: unitOf('education'), stance: 'NO_REPLY' },
    ])
  })

  it('can be checked by its digest against the journal, and no word can differ', async () => {
    const id = await inSession('housing')
    await story.speaks(id, 'M-住建')
    await story.resolve(id, ['civil', 'finance', 'housing'], ['housing'])
    const item = await story.item(id)
    const plain = itemTexts(w.services.vault, item).resolution!
    expect(digestOf(plain)).to.equal(item.resolution?.digest)
    expect(digestOf({ ...plain, text: `${plain.text}。` })).not.to.equal(item.resolution?.digest)
    const moved = plain.measures.map((measure) => ({ ...measure, amountFen: measure.amountFen + 1 }))
    expect(digestOf({ ...plain, measures: moved })).not.to.equal(item.resolution?.digest)
  })

  it('gives two meetings that end at the same moment different numbers', async () => {
    const ids = [await inSession(), await inSession(), await inSession()]
    await Promise.all(ids.map((id) => story.resolve(id, ['civil', 'finance'])))
    const numbers = await Promise.all(ids.map(async (id) => (await story.item(id)).resolution?.no))
    expect(new Set(numbers).size).to.equal(3)
    for (const no of numbers) expect(no).to.match(/^320614-2026-\d{2,}$/)
  })

  it('is filed once when two secretaries press, and refuses a stale page', async () => {
    const id = await inSession()
    const { version } = await story.item(id)
    const file = async () =>
      resolveItem(
        w.services,
        { id, version, text: '同意', presentUnits: ['civil', 'finance'].map(unitOf), measures: [] },
        await w.by('S1'),
      )
    const answers = await Promise.allSettled([file(), file()])
    expect(answers.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected'])
    expect((await refusalOf(file())).code).to.equal('version.stale')
    const { caseNo } = await story.item(id)
    const lines = await w.services.journal.stream('320614', `case:${caseNo}`)
    expect(lines.filter(({ type }) => type === 'conference.resolved')).to.have.lengthOf(1)
  })
})
