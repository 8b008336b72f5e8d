import { expect } from 'chai'
import { joinHousehold, leaveHousehold, registerPerson } from '../../src/people/index.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { codeOf, peopleWorld } from './people-world.ts'

describe('People - join household', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  let world: PeopleWorld

  before(async () => {
    world = await peopleWorld()
  })

  const register = async (name: string) => (await registerPerson(world, { name }, byOf(operator))).personId
  const membersOf = async (householdId: string) =>
    (await world.households.find(county, householdId))?.members.map(({ personId, relation }) => [personId, relation])

  it('opens a household with the other person as its head', async () => {
    const [head, wife] = [await register('户主'), await register('配偶')]
    const joined = await joinHousehold(
      world,
      { personId: wife, withPersonId: head, relation: 'spouse' },
      byOf(operator),
    )
    expect(await membersOf(joined.householdId)).to.deep.equal([
      [head, 'head'],
      [wife, 'spouse'],
    ])
    expect((await world.people.find(county, head))?.householdId).to.equal(joined.householdId)
  })

  it('keeps one head: the newest one named', async () => {
    const [first, second] = [await register('前户主'), await register('新户主')]
    const { householdId } = await joinHousehold(world, { personId: first, relation: 'head' }, byOf(operator))
    await joinHousehold(world, { personId: second, householdId, relation: 'head' }, byOf(operator))
    expect(await membersOf(householdId)).to.deep.equal([
      [first, 'other'],
      [second, 'head'],
    ])
  })

  it('leaves the old household when joining another', async () => {
    const [person, other] = [await register('搬家的人'), await register('亲戚')]
    const old = await joinHousehold(world, { personId: person, relation: 'head' }, byOf(operator))
    const now = await joinHousehold(world, { personId: person, withPersonId: other, relation: 'other' }, byOf(operator))
    expect(await membersOf(old.householdId)).to.deep.equal([])
    expect(await membersOf(now.householdId)).to.deep.equal([
      [other, 'head'],
      [person, 'other'],
    ])
  })

  it('loses nobody when three join the same household at the same moment', async () => {
    const [head, ...children] = await Promise.all(['家长', '老大', '老二', '老三'].map(register))
    const { householdId } = await joinHousehold(world, { personId: head!, relation: 'head' }, byOf(operator))
    await Promise.all(
      children.map((personId) => joinHousehold(world, { personId, householdId, relation: 'child' }, byOf(operator))),
    )
    expect((await membersOf(householdId))?.map(([id]) => id)).to.have.members([head, ...children])
  })

  it('takes a person out again', async () => {
    const person = await register('独居')
    const { householdId } = await joinHousehold(world, { personId: person, relation: 'head' }, byOf(operator))
    await leaveHousehold(world, { personId: person }, byOf(operator))
    expect(await membersOf(householdId)).to.deep.equal([])
    expect(await world.people.find(county, person)).to.not.have.property('householdId')
    expect(await codeOf(leaveHousehold(world, { personId: person }, byOf(operator)))).to.equal('household.not_found')
  })

  it('is refused with oneself, and into a household that does not exist', async () => {
    const person = await register('一个人')
    const join = (more: object) =>
      codeOf(joinHousehold(world, { personId: person, relation: 'other', ...more }, byOf(operator)))
    expect(await join({ withPersonId: person })).to.equal('household.with_oneself')
    expect(await join({ householdId: 'none' })).to.equal('household.not_found')
  })
})
