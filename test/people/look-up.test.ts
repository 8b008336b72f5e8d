import { expect } from 'chai'
import type { NewPerson } from '../../src/people/index.ts'
import {
  joinHousehold,
  lookUpCaller,
  lookUpPeople,
  noteLookUp,
  personHistory,
  registerPerson,
} from '../../src/people/index.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { codeOf, peopleWorld } from './people-world.ts'

describe('People - look up', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  const auditor = anActor(county, 'auditor')
  let world: PeopleWorld

  before(async () => {
    world = await peopleWorld()
  })

  async function register(given: NewPerson): Promise<string> {
    return (await registerPerson(world, given, byOf(operator))).personId
  }

  async function idsFor(query: Parameters<typeof lookUpPeople>[1]): Promise<string[]> {
    return (await lookUpPeople(world, query, operator)).map(({ person }) => person.personId)
  }

  describe('who is calling', () => {
    it('is found by the number in any spelling, with the household, all masked', async () => {
      const father = await register({ name: '测试父', identityNumber: '329900198501041037', phones: ['12811110001'] })
      const child = await register({ name: '测试子', identityNumber: '329900201306151059' })
      await joinHousehold(world, { personId: child, withPersonId: father, relation: 'child' }, byOf(operator))
      for (const phone of ['+8612811110001', '0086 128-1111-0001', '１２８１１１１０００１']) {
        const { candidates } = await lookUpCaller(world, { county, phone })
        expect(candidates).to.have.length(1)
        const [found] = candidates
        expect(found?.matchedBy).to.deep.equal(['phone'])
        expect(found?.person).to.deep.include({
          personId: father,
          name: '测＊',
          identityNumber: '329900＊＊＊＊37',
          phones: ['128＊＊＊＊0001'],
          years: 41,
          sex: 'male',
          isMinor: false,
        })
        expect(found?.household.map(({ person, relation }) => [person.personId, person.name, relation])).to.deep.equal([
          [child, '＊＊＊', 'child'],
        ])
      }
    })

    it('may be one of several, all shown', async () => {
      const ids = [
        await register({ name: '测试一', phones: ['12811110002'] }),
        await register({ name: '测试二', phones: ['12811110003', '12811110002'] }),
      ]
      const { candidates } = await lookUpCaller(world, { county, phone: '12811110002' })
      expect(candidates.map(({ person }) => person.personId)).to.have.members(ids)
    })

    it('is unknown rather than somebody with the same last digits', async () => {
      await register({ name: '测试三', phones: ['12811110004'] })
      const found = await lookUpCaller(world, { county, phone: '12911110004' })
      expect(found.candidates).to.deep.equal([])
      expect(found.phone).to.deep.include({ number: '+8612911110004', shown: '129 1111 0004' })
    })

    it('on a landline is found with and without the area code', async () => {
      const local = await register({ name: '测试四', phones: ['8221 1111'] })
      const full = await register({ name: '测试五', phones: ['0513-82211111'] })
      const elsewhere = await register({ name: '测试六', phones: ['025-82211111'] })
      const ids = async (phone: string, areaCode?: string): Promise<string[]> =>
        (await lookUpCaller(world, { county, phone, areaCode })).candidates.map(({ person }) => person.personId)
      expect(await ids('+8651382211111')).to.have.members([local, full])
      expect(await ids('82211111', '0513')).to.have.members([local, full])
      expect(await ids('82211111')).to.have.members([local, full, elsewhere])
    })

    it('stays open when the number is withheld', async () => {
      expect(await lookUpCaller(world, { county, phone: 'anonymous' })).to.deep.equal({ candidates: [] })
    })

    it('is never somebody of another county', async () => {
      await register({ name: '测试七', phones: ['12811110007'] })
      const found = await lookUpCaller(world, { county: freshCounty(), phone: '12811110007' })
      expect(found.candidates).to.deep.equal([])
    })
  })

  describe('looking for somebody', () => {
    it('by the end of the number, four to six digits', async () => {
      const id = await register({ name: '测试八', phones: ['12811117788'] })
      expect(await idsFor({ phone: '7788' })).to.deep.equal([id])
      expect(await idsFor({ phone: '117788' })).to.deep.equal([id])
      expect(await idsFor({ phone: '227788' })).to.deep.equal([])
    })

    it('by identity number, also the old one of 15 digits', async () => {
      const id = await register({ name: '测试九', identityNumber: '32990019870104104X' })
      expect(await idsFor({ identityNumber: '329900870104104' })).to.deep.equal([id])
    })

    it('by name: the same name first, then the same sound, then the same initials', async () => {
      const same = await register({ name: '章晓敏' })
      const alike = await register({ name: '张小明' })
      const initials = await register({ name: '周雪梅' })
      const other = await register({ name: '李四海' })
      expect(await idsFor({ name: '章晓敏' })).to.deep.equal([same, alike, initials])
      expect(await idsFor({ name: '章曉敏' })).to.deep.equal([same, alike, initials])
      expect(await idsFor({ name: 'lisihai' })).to.deep.equal([other])
    })

    it('by several signs at once: who fits more comes first, nobody is left out', async () => {
      const both = await register({ name: '魏无双', phones: ['12822220001'] })
      const phoneOnly = await register({ name: '蒋干', phones: ['12822220001'] })
      const nameOnly = await register({ name: '魏无双' })
      expect(await idsFor({ name: '魏无双', phone: '12822220001' })).to.deep.equal([both, phoneOnly, nameOnly])
    })

    it('leaves a line with everybody shown: who, when, by what, and not the query itself', async () => {
      const id = await register({ name: '苏轼轩', phones: ['12833330001'] })
      await idsFor({ name: '苏轼轩' })
      const [line] = (await personHistory(world, auditor, id)).slice(-1)
      expect(line).to.include({ type: 'person.looked_up', staffId: operator.staffId, unit: `${county}-hotline` })
      const lines = await world.journal.stream(county, `person:${id}`)
      expect(lines.at(-1)?.data['by']).to.deep.equal(['name_whole'])
      expect(JSON.stringify(lines)).to.not.include('苏轼轩')
    })

    it('leaves the trace of a call in the call’s own transaction', async () => {
      const id = await register({ name: '苏辙', phones: ['12833330002'] })
      const query = { phone: '12833330002' }
      const { candidates } = await lookUpCaller(world, { county, ...query })
      await world.inTransaction(byOf(operator), (tx) => {
        noteLookUp(world, tx, { query, candidates, on: 'call:C1' })
        return Promise.resolve({})
      })
      expect((await personHistory(world, auditor, id)).at(-1)).to.include({ type: 'person.looked_up', on: 'call:C1' })
    })

    it('shows a village clerk only persons of the own village', async () => {
      const here = await register({ name: '祝英台', residence: `${county}103201` })
      await register({ name: '祝英泰', residence: `${county}104201` })
      const clerk = anActor(county, 'village_clerk', `${county}103201`)
      const found = await lookUpPeople(world, { name: '祝英台' }, clerk)
      expect(found.map(({ person }) => person.personId)).to.deep.equal([here])
    })

    it('is refused to roles that look for nobody, and for an empty question', async () => {
      expect(await codeOf(lookUpPeople(world, { name: '测' }, anActor(county, 'administrator')))).to.equal(
        'person.forbidden',
      )
      expect(await codeOf(lookUpPeople(world, { name: ' ' }, operator))).to.equal('person.query_empty')
    })
  })
})
