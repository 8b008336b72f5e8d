import { expect } from 'chai'
import { sealedRecords } from '../../src/app/sealed-records.ts'
import { openTexts } from '../../src/cases/index.ts'
import { returnItem } from '../../src/conference/index.ts'
import { answerCall } from '../../src/hotline/answer-call.ts'
import { takeText } from '../../src/hotline/take-text.ts'
import { createFieldVault, parseFieldKeys, phoneTokens, rotateRecords } from '../../src/platform/privacy/index.ts'
import type { FieldVault } from '../../src/platform/privacy/index.ts'
import { parsePhone } from '../../src/shared/phone.ts'
import { conferenceStory } from '../conference/case-before-conference.ts'
import { aCaseWithEverything } from '../support/case-with-everything.ts'
import type { World } from '../support/world.ts'
import { TEST_FIELD_KEY, world } from '../support/world.ts'

const COUNTY = '320614'
const NEW_KEY = Buffer.alloc(32, 9).toString('base64')

describe('App - rotate keys', () => {
  let w: World
  let no: string
  const old = vaultOf(TEST_FIELD_KEY)
  const both = vaultOf(NEW_KEY, TEST_FIELD_KEY)
  const back = vaultOf(TEST_FIELD_KEY, NEW_KEY)

  before(async () => {
    w = await world()
    no = await aCaseWithEverything(w)
    await aConference()
    await calls()
  })

  after(() => rotate(back))

  it('leaves nothing in any collection sealed with the old key, and everything still opens', async () => {
    expect(await placesSealedWith(old)).to.include.members([
      'cases.story', 'cases.place', 'cases.contactPhone', 'cases.feedback', 'cases.emergency', 'intakes.text',
      'intakes.reporter', 'decisions.reason', 'decisions.orders', 'decisions.supplement', 'people.sealed',
      'conference_items.reason', 'conference_items.returnReason', 'conference_items.opinions', 'conference_items.recusals', 'conference_items.resolution',
      'calls.from', 'callbacks.phone', 'callbacks.text',
    ]) // prettier-ignore
    await rotate(both)
    expect(await placesSealedWith(old)).to.deep.equal([])
    const found = (await w.services.cases.find(COUNTY, no))!
    expect(openTexts(vaultOf(NEW_KEY), found).story).to.equal('包被偷，今晚没有住处')
  })

  it('finds a caller by the phone under the new key alone', async () => {
    const tokens = phoneTokens(vaultOf(NEW_KEY), COUNTY, parsePhone('12855550001')!)
    const [intake] = await w.services.intakes.ofPhone(COUNTY, tokens, 1)
    expect(intake?.caseNo).to.equal(no)
  })

  it('changes nothing when it is run again', async () => {
    for (const [name, records] of sealedRecords({ ...w.services, vault: both }, COUNTY))
      expect(await rotateRecords(records), name).to.include({ rotated: 0 })
  })

  /** One item returned, one with a member standing back, opinions and a resolution. */
  async function aConference(): Promise<void> {
    const story = conferenceStory(w)
    const { id } = await story.propose(await story.verified('常乐'), 'D-常乐')
    await returnItem(w.services, { id, reason: '乡镇可以解决' }, await w.by('C1'))
    const held = await story.scheduled('正余', 'housing', 'disabled_federation')
    await story.speaks(held, 'M-住建', 'ABSTAIN', '还要看现场')
    await story.speaks(held, 'M-住建')
    await story.standsBack(held, 'M-残联')
    await story.open(held)
    await story.resolve(held, ['civil', 'finance', 'housing'], ['housing'])
  }

  /** A call that rang, and a text whose sender is called back. */
  async function calls(): Promise<void> {
    await answerCall(w.services, { callSid: `CA${'0'.repeat(32)}`, to: '+8612320614000', from: '+8612855550003' })
    const text = { textSid: `SM${'0'.repeat(32)}`, from: '+8612855550004', to: '+8612320614000', text: '请回电' }
    await takeText(w.services, text)
  }

  async function rotate(vault: FieldVault): Promise<void> {
    for (const [name, records] of sealedRecords({ ...w.services, vault }, COUNTY))
      expect((await rotateRecords(records)).busy, name).to.deep.equal([])
  }

  /** `collection.field` of every text in the county's records that was sealed with the vault's newest key. */
  async function placesSealedWith(vault: FieldVault): Promise<string[]> {
    const header = vault.seal('', { collection: '', field: '', record: '' }).slice(0, 8)
    const places = new Set<string>()
    for (const { name } of await w.services.connection.db!.listCollections().toArray())
      for (const record of await w.services.connection.collection(name).find({ county: COUNTY }).toArray())
        for (const [field, value] of Object.entries(record))
          if (JSON.stringify(value).includes(`"${header}`)) places.add(`${name}.${field}`)
    return [...places].sort()
  }
})

function vaultOf(...keys: string[]): FieldVault {
  return createFieldVault(parseFieldKeys(keys.join(',')))
}
