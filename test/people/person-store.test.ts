import { expect } from 'chai'
import { registerPerson } from '../../src/people/index.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { codeOf, peopleWorld } from './people-world.ts'

describe('People - person store', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  let world: PeopleWorld

  before(async () => {
    world = await peopleWorld()
  })

  it('saves over exactly the version that was read, and over no other', async () => {
    const { personId } = await registerPerson(world, { name: '存取' }, byOf(operator))
    const read = (await world.people.find(county, personId))!
    const save = () =>
      world.inTransaction(byOf(operator), async (tx) => (await world.people.save(tx, read, read)).version)
    expect(await save()).to.equal(2)
    expect(await codeOf(save())).to.equal('version.stale')
    expect((await world.people.find(county, personId))?.version).to.equal(2)
  })

  it('finds nobody by a token of another county, even when the record is there', async () => {
    const { personId } = await registerPerson(world, { name: '存取', phones: ['12899990001'] }, byOf(operator))
    const { tokens } = (await world.people.find(county, personId))!
    expect(await world.people.findByTokens(county, { tokens, limit: 5 })).to.have.length.greaterThan(0)
    expect(await world.people.findByTokens(freshCounty(), { tokens, limit: 5 })).to.deep.equal([])
  })

  it('reads only the sealed fields asked for', async () => {
    const { personId } = await registerPerson(world, { name: '只读名', phones: ['12899990002'] }, byOf(operator))
    const { tokens } = (await world.people.find(county, personId))!
    const [found] = await world.people.findByTokens(county, { tokens, limit: 5, fields: ['name'] })
    expect(Object.keys(found?.sealed ?? {})).to.deep.equal(['name'])
  })

  it('has an index that begins with the county for every way to find somebody', async () => {
    const indexes = await world.connection.collection('people').indexes()
    const keys = indexes.map(({ key }) => Object.keys(key as object).join(','))
    expect(keys).to.have.members(['_id', 'county,tokens', 'county,identityToken', 'county,usedAt'])
  })
})
