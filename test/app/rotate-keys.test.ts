import { expect } from 'chai'
import { confirmSupplement, decideAid, fileSupplement, payOrder } from '../../src/aid/index.ts'
import { sealedRecords } from '../../src/app/sealed-records.ts'
import { endEmergency, giveFeedback, openTexts } from '../../src/cases/index.ts'
import { registerIntake } from '../../src/intake/index.ts'
import { createFieldVault, parseFieldKeys, phoneTokens, rotateRecords } from '../../src/platform/privacy/index.ts'
import type { FieldVault } from '../../src/platform/privacy/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { parsePhone } from '../../src/shared/phone.ts'
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
    no = await aCaseWithEverything()
  })

  after(() => rotate(back))

  it('leaves nothing in any collection sealed with the old key, and everything still opens', async () => {
    expect(await placesSealedWith(old)).to.include.members([
      'cases.story', 'cases.place', 'cases.contactPhone', 'cases.feedback', 'cases.emergency', 'intakes.text',
      'intakes.reporter', 'decisions.reason', 'decisions.orders', 'decisions.supplement', 'people.sealed',
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

  async function aCaseWithEverything(): Promise<string> {
    const { services, clock } = w
    clock.set('2026-11-24T09:00:00+08:00')
    const payee = { name: '测试甲', relation: 'self' }
    const answer = await registerIntake(
      services,
      {
        channel: 'hotline', callType: 'HELP', urgency: 'P1', needy: 'other', tags: ['STRANDED'],
        place: { code: '320614103', text: '常乐镇公交站' }, phone: '12855550001', text: '包被偷，今晚没有住处',
        personInNeed: { name: '测试甲', phone: '12855550001' }, reporter: { name: '测试乙', phone: '12855550002' },
      } as never, // prettier-ignore
      await w.by('O1'),
    )
    const caseNo = answer.caseNo!
    const officer = () => w.by('D-常乐')
    await acknowledgeCase(services, { no: caseNo }, await officer())
    const order = { kind: 'CASH' as const, amountFen: 10_000, payee }
    const decided = await decideAid(
      services,
      { no: caseNo, kind: 'QUICK', persons: 1, reason: '没有吃住', orders: [order] },
      await officer(),
    )
    await payOrder(services, { orderId: decided.orders[0]!.id }, await w.by('K-常乐'))
    clock.set('2026-11-24T12:00:00+08:00')
    await endEmergency(services, { no: caseNo, endedAt: clock.now() }, await officer())
    const earlier = new Date('2026-11-24T11:00:00+08:00')
    await endEmergency(services, { no: caseNo, endedAt: earlier, reason: '记错了' }, await officer())
    await fileSupplement(services, { id: decided.id, text: '已返乡', checked: ['receipt'] }, await officer())
    await confirmSupplement(services, { id: decided.id }, await w.by('C1'))
    await giveFeedback(services, { no: caseNo, medium: 'phone', text: '已告知' }, await officer())
    return caseNo
  }
})

function vaultOf(...keys: string[]): FieldVault {
  return createFieldVault(parseFieldKeys(keys.join(',')))
}
