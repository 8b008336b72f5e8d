import { expect } from 'chai'
import { addPhone, lookUpPeople, registerPerson, updatePerson } from '../../src/people/index.ts'
import { openDetails } from '../../src/people/person-fields.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { codeOf, peopleWorld } from './people-world.ts'

describe('People - update person', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  let world: PeopleWorld
  let personId: string

  before(async () => {
    world = await peopleWorld()
  })

  beforeEach(async () => {
    const given = { name: '何以为', phones: ['12855550001'], address: '常乐镇北街 1 号', residence: `${county}103` }
    personId = (await registerPerson(world, given, byOf(operator))).personId
  })

  const detailsOf = async (id: string) => openDetails(world.vault, (await world.people.find(county, id))!)
  const found = async (name: string): Promise<boolean> =>
    (await lookUpPeople(world, { name }, operator)).some(({ person }) => person.personId === personId)

  it('changes what is named and leaves the rest', async () => {
    const changes = { address: '常乐镇南街 2 号', notes: ['hangs_up'] as const }
    const { version } = await updatePerson(world, { personId, version: 1, changes }, byOf(operator))
    expect(version).to.equal(2)
    expect(await detailsOf(personId)).to.deep.equal({
      name: '何以为',
      phones: [{ number: '+8612855550001' }],
      address: '常乐镇南街 2 号',
    })
    expect((await world.people.find(county, personId))?.notes).to.deep.equal(['hangs_up'])
  })

  it('finds the person under the new name and no longer under the old', async () => {
    await updatePerson(world, { personId, changes: { name: '邬不群' } }, byOf(operator))
    expect([await found('邬不群'), await found('何以为')]).to.deep.equal([true, false])
  })

  it('clears what is set to null', async () => {
    await updatePerson(world, { personId, changes: { address: null, residence: null } }, byOf(operator))
    expect(await detailsOf(personId)).to.not.have.property('address')
    expect(await world.people.find(county, personId)).to.not.have.property('residence')
  })

  it('makes a temporary person a known one when the name is found out', async () => {
    const temporary = await registerPerson(world, {}, byOf(operator))
    const on = { personId: temporary.personId, changes: { name: '卫道夫' } }
    await updatePerson(world, on, byOf(operator))
    expect((await world.people.find(county, temporary.personId))?.kind).to.equal('known')
  })

  it('names the changed fields in the journal, never their values', async () => {
    await updatePerson(world, { personId, changes: { health: '糖尿病' } }, byOf(operator))
    const lines = await world.journal.stream(county, `person:${personId}`)
    expect(lines.at(-1)).to.deep.include({ type: 'person.updated' })
    expect(lines.at(-1)?.data['fields']).to.deep.equal(['health'])
    expect(JSON.stringify(lines)).to.not.include('糖尿病')
  })

  it('refuses a stale version, so that nobody overwrites unseen', async () => {
    const change = (address: string) =>
      updatePerson(world, { personId, version: 1, changes: { address } }, byOf(operator))
    const codes = await Promise.all([codeOf(change('甲')), codeOf(change('乙'))])
    expect(codes.sort()).to.deep.equal(['done', 'version.stale'])
  })

  it('refuses another person’s identity number, and keeps the own one', async () => {
    const other = await registerPerson(world, { identityNumber: '329900198701041040' }, byOf(operator))
    const steal = updatePerson(world, { personId, changes: { identityNumber: '329900198701041040' } }, byOf(operator))
    expect(await codeOf(steal)).to.equal('person.already_known')
    const own = { personId: other.personId, changes: { identityNumber: '329900198701041040', name: '本人' } }
    expect(await codeOf(updatePerson(world, own, byOf(operator)))).to.equal('done')
  })

  it('frees an identity number that was cleared', async () => {
    const other = await registerPerson(world, { identityNumber: '329900198701041059' }, byOf(operator))
    await updatePerson(world, { personId: other.personId, changes: { identityNumber: null } }, byOf(operator))
    const taken = updatePerson(world, { personId, changes: { identityNumber: '329900198701041059' } }, byOf(operator))
    expect(await codeOf(taken)).to.equal('done')
  })

  it('is not for a township that has no part in it', async () => {
    const stranger = anActor(county, 'duty_officer', `${county}104`)
    const change = updatePerson(world, { personId, changes: { name: '他人' } }, byOf(stranger))
    expect(await codeOf(change)).to.equal('person.not_yours')
  })

  describe('adding a phone', () => {
    it('adds a number once, in whatever spelling it comes', async () => {
      await addPhone(world, { personId, phone: '128 5555 0002' }, byOf(operator))
      const again = await addPhone(world, { personId, phone: '+86-128-5555-0002' }, byOf(operator))
      expect(again.version).to.equal(2)
      expect((await detailsOf(personId)).phones).to.deep.equal([
        { number: '+8612855550001' },
        { number: '+8612855550002' },
      ])
      const found = await lookUpPeople(world, { phone: '12855550002' }, operator)
      expect(found.map(({ person }) => person.personId)).to.include(personId)
    })

    it('refuses a text without digits', async () => {
      expect(await codeOf(addPhone(world, { personId, phone: '没有' }, byOf(operator)))).to.equal(
        'person.phone_unreadable',
      )
    })
  })
})
