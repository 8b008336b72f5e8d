import { expect } from 'chai'
import type { LookReason, SealedField } from '../../src/people/index.ts'
import { makeKnownTo, personHistory, registerPerson, revealField } from '../../src/people/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { codeOf, peopleWorld } from './people-world.ts'

describe('People - reveal field', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  const civil = anActor(county, 'county_civil')
  const auditor = anActor(county, 'auditor')
  let world: PeopleWorld
  let adult: string
  let youth: string
  let child: string

  before(async () => {
    world = await peopleWorld()
    const register = async (name: string, identityNumber: string): Promise<string> => {
      const given = {
        name,
        identityNumber,
        phones: ['12844440001'],
        bankAccount: { account: '6222000000001234', bank: '测试银行' },
        health: '哮喘',
      }
      return (await registerPerson(world, given, byOf(operator))).personId
    }
    adult = await register('测试甲', '329900198804121018')
    youth = await register('测试乙', '329900201106151050')
    child = await register('测试丙', '329900201909031064')
  })

  const reveal = (actor: Actor, personId: string, field: SealedField, reason: LookReason = 'handle_emergency') =>
    revealField(world, { personId, field, reason }, byOf(actor))

  it('gives the value and leaves a line with field and reason, never the value', async () => {
    const { value } = await reveal(operator, adult, 'identityNumber')
    expect(value).to.equal('329900198804121018')
    const lines = await world.journal.stream(county, `person:${adult}`)
    expect(lines.at(-1)).to.deep.include({
      type: 'person.revealed',
      data: { personId: adult, fields: ['identityNumber'], reason: 'handle_emergency' },
    })
    const stored = await world.connection.collection('requests').find({ county }).toArray()
    expect(JSON.stringify([lines, stored])).to.not.include('329900198804121018')
  })

  it('gives phones and account as they are', async () => {
    expect((await reveal(operator, adult, 'phones')).value).to.deep.equal([{ number: '+8612844440001' }])
    const account = { account: '6222000000001234', bank: '测试银行' }
    expect((await reveal(civil, adult, 'bankAccount')).value).to.deep.equal(account)
  })

  it('counts every look, a repeated request too', async () => {
    const looks = async (): Promise<number> =>
      (await personHistory(world, auditor, adult)).filter(({ type }) => type === 'person.revealed').length
    const before = await looks()
    const by = byOf(operator)
    const look = { personId: adult, field: 'name', reason: 'audit' } as const
    await revealField(world, look, by)
    await revealField(world, look, by)
    expect(await looks()).to.equal(before + 2)
  })

  it('keeps the words of another reason sealed, and names their record in the journal', async () => {
    const words = '张村支书来电核实'
    const look = { personId: adult, field: 'name', reason: 'other', words } as const
    await revealField(world, look, byOf(operator))
    const lines = await world.journal.stream(county, `person:${adult}`)
    const lookId = lines.at(-1)?.data['lookId'] as string
    const kept = await world.connection.collection<{ _id: string; words: string }>('looks').findOne({ _id: lookId })
    expect(kept?.words).to.be.a('string').and.not.include(words)
    expect(JSON.stringify(lines)).to.not.include(words)
    expect(await codeOf(revealField(world, { ...look, words: ' ' }, byOf(operator)))).to.equal('person.reason_missing')
  })

  it('says so when a field is not known, and leaves no line', async () => {
    const before = await personHistory(world, auditor, adult)
    expect(await codeOf(reveal(operator, adult, 'address'))).to.equal('person.field_unknown')
    expect(await personHistory(world, auditor, adult)).to.have.length(before.length)
  })

  describe('who may', () => {
    const table: [role: Parameters<typeof anActor>[1], field: SealedField, code: string][] = [
      ['operator', 'name', 'done'],
      ['operator', 'bankAccount', 'person.not_yours'],
      ['triage', 'phones', 'done'],
      ['county_civil', 'bankAccount', 'done'],
      ['county_finance', 'bankAccount', 'done'],
      ['county_finance', 'health', 'person.not_yours'],
      ['auditor', 'identityNumber', 'done'],
      ['auditor', 'phones', 'person.not_yours'],
      ['administrator', 'name', 'person.not_yours'],
      ['observer', 'name', 'person.not_yours'],
      ['provincial_checker', 'name', 'person.not_yours'],
      ['duty_officer', 'name', 'person.not_yours'],
    ]
    for (const [role, field, code] of table) {
      it(`${role} on ${field}: ${code}`, async () => {
        expect(await codeOf(reveal(anActor(county, role, `${county}999`), adult, field))).to.equal(code)
      })
    }

    it('a township as soon as it takes part, and not before', async () => {
      const officer = anActor(county, 'duty_officer', `${county}103`)
      expect(await codeOf(reveal(officer, adult, 'name'))).to.equal('person.not_yours')
      await world.inTransaction(byOf(civil), async (tx) => {
        await makeKnownTo(world, tx, { personId: adult, unit: `${county}103` })
        return {}
      })
      expect(await codeOf(reveal(officer, adult, 'name'))).to.equal('done')
    })

    it('nobody of another county: there the person does not exist', async () => {
      expect(await codeOf(reveal(anActor(freshCounty(), 'county_civil'), adult, 'name'))).to.equal('person.not_found')
    })
  })

  describe('of somebody under 18', () => {
    it('is more than an operator may', async () => {
      expect(await codeOf(reveal(operator, youth, 'name'))).to.equal('person.not_yours')
      expect(await codeOf(reveal(civil, youth, 'name'))).to.equal('done')
    })

    it('needs a guardian’s consent under 14, on record, unless life is in danger', async () => {
      expect(await codeOf(reveal(civil, child, 'name'))).to.equal('person.guardian_consent_missing')
      expect(await codeOf(reveal(civil, child, 'name', 'protect_life'))).to.equal('done')
      const look = { personId: child, field: 'name', reason: 'handle_emergency', guardianConsent: true } as const
      expect((await revealField(world, look, byOf(civil))).value).to.equal('测试丙')
      const lines = await world.journal.stream(county, `person:${child}`)
      expect(lines.at(-1)?.data).to.include({ guardianConsent: true })
    })
  })
})
