import { expect } from 'chai'
import { addPerson, findOrAddPerson, personStream, registerPerson } from '../../src/people/index.ts'
import type { NewPerson } from '../../src/people/index.ts'
import { openDetails } from '../../src/people/person-fields.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { codeOf, peopleWorld } from './people-world.ts'

const MIGRANT: NewPerson = {
  name: '测试甲',
  identityNumber: '329900 19880412 1018',
  phones: ['128-0000-0001'],
  registration: '云南楚雄州',
  residence: '320614103',
}

describe('People - register person', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  let world: PeopleWorld

  before(async () => {
    world = await peopleWorld()
  })

  it('keeps nothing personal in clear, neither in the record nor in the journal nor in the stored answer', async () => {
    const { personId } = await registerPerson(world, MIGRANT, byOf(operator))
    const written = await Promise.all(
      ['people', 'journal', 'outbox', 'requests'].map((name) =>
        world.connection.collection(name).find({ county }).toArray(),
      ),
    )
    const everything = JSON.stringify(written)
    expect(everything).to.include(personId)
    for (const secret of ['测试甲', '19880412', '12800000001', '+86', '楚雄']) expect(everything).to.not.include(secret)
  })

  it('opens again as it was given, numbers in storing form', async () => {
    const given = { ...MIGRANT, identityNumber: '32990019870104104x' }
    const { personId } = await registerPerson(world, given, byOf(operator))
    const person = await world.people.find(county, personId)
    expect(openDetails(world.vault, person!)).to.deep.equal({
      name: '测试甲',
      identityNumber: '32990019870104104X',
      phones: [{ number: '+8612800000001' }],
      registration: '云南楚雄州',
    })
    expect(person).to.include({ kind: 'known', version: 1, residence: '320614103' })
    expect(person?.knownTo).to.deep.equal([`${county}-hotline`])
  })

  it('warns about odd numbers and refuses none', async () => {
    const given = { name: '测试乙', identityNumber: '329900198804121019', phones: ['82212345'] }
    const { warnings } = await registerPerson(world, given, byOf(operator))
    expect(warnings).to.deep.equal([
      { field: 'identityNumber', code: 'region' },
      { field: 'identityNumber', code: 'check_digit' },
      { field: 'phones', code: 'no_area_code' },
    ])
  })

  it('knows the landlines of the county without their area code', async () => {
    const given = { name: '测试丙', phones: ['8221 2345'], areaCode: '0513' }
    const { personId, warnings } = await registerPerson(world, given, byOf(operator))
    const person = await world.people.find(county, personId)
    expect(openDetails(world.vault, person!).phones).to.deep.equal([{ number: '+8651382212345' }])
    expect(warnings).to.deep.equal([])
  })

  it('takes somebody of whom nothing is known as a temporary person', async () => {
    const { personId } = await registerPerson(world, { tags: [{ code: 'migrant', source: 'call' }] }, byOf(operator))
    const person = await world.people.find(county, personId)
    expect(person).to.include({ kind: 'temporary' })
    expect(person?.tags.map(({ code }) => code)).to.deep.equal(['migrant'])
  })

  it('says who has the identity number already, whatever its spelling', async () => {
    const first = await registerPerson(world, { identityNumber: '329900195002151107' }, byOf(operator))
    const again = registerPerson(world, { identityNumber: '329900500215110' }, byOf(operator))
    const error = await again.catch((refusal: unknown) => refusal)
    expect(error).to.deep.include({ code: 'person.already_known', details: { personId: first.personId } })
  })

  it('lets one of two win who register the same number at the same moment', async () => {
    const given = { identityNumber: '329900197808191131' }
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(registerPerson(world, given, byOf(operator)))))
    expect(codes.sort()).to.deep.equal(['done', 'person.already_known', 'person.already_known'])
  })

  it('registers once when the same command comes twice', async () => {
    const by = byOf(operator)
    const first = await registerPerson(world, { name: '测试丁' }, by)
    expect(await registerPerson(world, { name: '测试丁' }, by)).to.deep.equal(first)
    expect(await world.journal.stream(county, personStream(first.personId))).to.have.length(1)
  })

  it('leaves out a phone without digits, with a warning', async () => {
    const { personId, warnings } = await registerPerson(world, { name: '无号', phones: ['没有'] }, byOf(operator))
    expect(warnings).to.deep.equal([{ field: 'phones', code: 'unreadable' }])
    expect((await world.people.find(county, personId))?.sealed).to.not.have.property('phones')
  })

  it('is not for those who handle no persons', async () => {
    for (const role of ['administrator', 'auditor', 'cashier', 'provincial_checker'] as const)
      expect(await codeOf(registerPerson(world, { name: '测试' }, byOf(anActor(county, role))))).to.equal(
        'person.forbidden',
      )
  })

  describe('inside another action', () => {
    it('finds the person by identity number and leaves the file as it is', async () => {
      const given = { name: '测试戊', identityNumber: '329900198501041037', phones: ['12800000005'] }
      const first = await world.inTransaction(byOf(operator), (tx) => addPerson(world, tx, given))
      const township = anActor(county, 'duty_officer', `${county}103`)
      const heard = { name: '测试误', identityNumber: '329900198501041037' }
      const second = await world.inTransaction(byOf(township), (tx) => findOrAddPerson(world, tx, heard))
      expect(second).to.include({ personId: first.personId, isNew: false })
      const person = await world.people.find(county, first.personId)
      expect(openDetails(world.vault, person!, ['name'])).to.deep.equal({ name: '测试戊' })
      expect(person?.knownTo).to.deep.equal([`${county}-hotline`, `${county}103`])
    })

    it('finds the person by name and phone together, and by neither alone', async () => {
      const step = (given: NewPerson) => world.inTransaction(byOf(operator), (tx) => findOrAddPerson(world, tx, given))
      const first = await step({ name: '陈晓东', phones: ['12812340001'] })
      expect(await step({ name: '陳曉東', phones: ['+86 128-1234-0001'] })).to.include({ personId: first.personId })
      expect((await step({ name: '陈晓冬', phones: ['12812340001'] })).isNew).to.equal(true)
      expect((await step({ name: '陈晓东', phones: ['12812340002'] })).isNew).to.equal(true)
      expect((await step({ phones: ['12812340001'] })).isNew).to.equal(true)
      const other = { name: '陈晓东', phones: ['12812340001'], identityNumber: '329900198804129992' }
      expect((await step(other)).isNew).to.equal(true)
    })

    it('chooses nobody when two persons fit', async () => {
      const given = { name: '重名', phones: ['12812340009'] }
      await registerPerson(world, given, byOf(operator))
      await registerPerson(world, given, byOf(operator))
      const third = await world.inTransaction(byOf(operator), (tx) => findOrAddPerson(world, tx, given))
      expect(third.isNew).to.equal(true)
    })

    it('adds the person when nobody has the number, or none was given', async () => {
      const added = await world.inTransaction(byOf(operator), (tx) => findOrAddPerson(world, tx, { name: '测试己' }))
      expect(added.isNew).to.equal(true)
    })
  })
})
