import { expect } from 'chai'
import { verifyJournal } from '../../src/journal/index.ts'
import {
  erasePerson,
  joinHousehold,
  lookUpPeople,
  registerPerson,
  retainablePeople,
  revealField,
  rotatablePeople,
  updatePerson,
} from '../../src/people/index.ts'
import { rotateRecords } from '../../src/platform/privacy/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { codeOf, NEW_KEY, OLD_KEY, peopleWorld, TONIGHT } from './people-world.ts'

const LATER = new Date(TONIGHT.getTime() + 1)

describe('People - keep person', () => {
  describe('after retention', () => {
    const county = freshCounty()
    const operator = anActor(county, 'operator', `${county}-hotline`)
    const system = systemActor(county)
    let world: PeopleWorld
    let personId: string

    before(async () => {
      world = await peopleWorld()
      const given = { name: '旧人', identityNumber: '329900195002151107', phones: ['12866660001'], residence: county }
      personId = (await registerPerson(world, given, byOf(operator))).personId
      await joinHousehold(world, { personId, relation: 'head' }, byOf(operator))
      const look = { personId, field: 'name', reason: 'other', words: '核对旧档' } as const
      await revealField(world, look, byOf(operator))
    })

    it('lists who has not been worked with since, by id and field names only', async () => {
      const page = await retainablePeople(world, county, { before: LATER, limit: 10 })
      expect(page).to.deep.equal([{ personId, usedAt: TONIGHT, fields: ['name', 'identityNumber', 'phones'] }])
      expect(await retainablePeople(world, county, { before: TONIGHT, limit: 10 })).to.deep.equal([])
    })

    it('is refused to people and for records used since', async () => {
      expect(await codeOf(erasePerson(world, { personId, before: LATER }, byOf(operator)))).to.equal('person.forbidden')
      expect(await codeOf(erasePerson(world, { personId, before: TONIGHT }, byOf(system)))).to.equal(
        'person.still_used',
      )
    })

    it('erases everything personal, frees the numbers, and leaves id and journal whole', async () => {
      await erasePerson(world, { personId, before: LATER }, byOf(system))
      const person = await world.people.find(county, personId)
      expect(person).to.deep.include({ sealed: {}, tokens: [], tags: [], notes: [], knownTo: [] })
      for (const field of ['identityToken', 'residence', 'householdId']) expect(person).to.not.have.property(field)
      expect(await world.connection.collection('looks').countDocuments({ county, personId })).to.equal(0)
      expect(await lookUpPeople(world, { phone: '12866660001' }, operator)).to.deep.equal([])
      expect(await codeOf(registerPerson(world, { identityNumber: '329900195002151107' }, byOf(operator)))).to.equal(
        'done',
      )
      expect((await verifyJournal(world.connection, county)).faults).to.deep.equal([])
    })

    it('is final: the record takes no change, and erasing twice is once', async () => {
      const change = updatePerson(world, { personId, changes: { name: '又来' } }, byOf(operator))
      expect(await codeOf(change)).to.equal('person.erased')
      await erasePerson(world, { personId, before: LATER }, byOf(system))
      const lines = await world.journal.stream(county, `person:${personId}`)
      expect(lines.filter(({ type }) => type === 'person.erased')).to.have.length(1)
      expect(await retainablePeople(world, county, { before: new Date('2099-01-01'), limit: 10 })).to.have.length(1)
    })
  })

  describe('when the keys change', () => {
    const county = freshCounty()
    const operator = anActor(county, 'operator', `${county}-hotline`)
    const find = async (world: PeopleWorld, query: Parameters<typeof lookUpPeople>[1]): Promise<number> =>
      (await lookUpPeople(world, query, operator)).length

    it('everybody is found before, during and after, and in the end without the old key', async () => {
      const before = await peopleWorld([OLD_KEY])
      for (let i = 0; i < 7; i += 1) {
        const given = { name: `转换甲${'一二三四五六七'[i]!}`, phones: [`1287777000${i}`] }
        await registerPerson(before, { ...given, identityNumber: `32990019880412000${i}` }, byOf(operator))
      }
      const during = await peopleWorld([NEW_KEY, OLD_KEY])
      expect(await find(during, { phone: '12877770003' })).to.equal(1)
      expect(await find(during, { identityNumber: '329900198804120003' })).to.equal(1)
      const again = registerPerson(during, { identityNumber: '329900198804120003' }, byOf(operator))
      expect(await codeOf(again)).to.equal('person.already_known')

      const done = await rotateRecords(rotatablePeople(during, county), { batchSize: 3 })
      expect(done).to.deep.include({ seen: 7, rotated: 7, busy: [] })

      const after = await peopleWorld([NEW_KEY])
      expect(await find(after, { phone: '12877770003' })).to.equal(1)
      expect(await find(after, { name: '转换甲一' })).to.equal(1)
      expect(await find(after, { identityNumber: '329900198804120003' })).to.equal(1)
      expect(await rotateRecords(rotatablePeople(during, county))).to.include({ seen: 7, rotated: 0 })
    })

    it('a record changed meanwhile is taken up again, and its change is kept', async () => {
      const other = freshCounty()
      const clerk = anActor(other, 'operator', `${other}-hotline`)
      const before = await peopleWorld([OLD_KEY])
      const { personId } = await registerPerson(before, { name: '忙人' }, byOf(clerk))
      const during = await peopleWorld([NEW_KEY, OLD_KEY])
      const stale = (await during.people.find(other, personId))!
      await updatePerson(before, { personId, changes: { address: '新址' } }, byOf(clerk))
      expect(await during.people.reseal(stale, stale)).to.equal(false)
      expect(await rotatablePeople(during, other).rotate(personId)).to.equal('rotated')
      const after = await peopleWorld([NEW_KEY])
      const look = { personId, field: 'address', reason: 'check_identity' } as const
      expect((await revealField(after, look, byOf(clerk))).value).to.equal('新址')
    })
  })
})
