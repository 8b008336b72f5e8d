import { expect } from 'chai'
import type { Express } from 'express'
import request from 'supertest'
import type { Actor } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'
import { anActor } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import { peopleWorld } from './people-world.ts'
import { peopleWeb } from './web.ts'

describe('People - person API', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  const signedIn: { as: Actor } = { as: operator }
  let web: Express

  before(async () => {
    web = peopleWeb(await peopleWorld(), signedIn)
  })

  beforeEach(() => {
    signedIn.as = operator
  })

  const post = (path: string, body: object, key: string = newId()) =>
    request(web).post(`/api/v1${path}`).set('Idempotency-Key', key).send(body)
  const register = async (body: object) =>
    ((await post('/persons', body).expect(201)).body as { personId: string }).personId

  it('registers once per key, and answers ids and warnings only', async () => {
    const key = newId()
    const body = { name: '测试甲', identityNumber: '329900198804121019', phones: ['12888880001'] }
    const first = await post('/persons', body, key).expect(201)
    const again = await post('/persons', body, key).expect(201)
    expect(again.body).to.deep.equal(first.body)
    expect(again.headers['idempotency-replayed']).to.equal('true')
    expect(JSON.stringify(first.body)).to.not.include('测试甲').and.not.include('19880412')
    expect((first.body as { warnings: unknown }).warnings).to.deep.equal([
      { field: 'identityNumber', code: 'region' },
      { field: 'identityNumber', code: 'check_digit' },
      { field: 'phones', code: 'unknown_range' },
    ])
    await post('/persons', { name: '别人' }, key).expect(409)
  })

  it('changes against the version that was read, and says when it is stale', async () => {
    const personId = await register({ name: '测试乙' })
    const read = await request(web).get(`/api/v1/persons/${personId}`).expect(200)
    expect(read.headers['etag']).to.equal('"1"')
    const patch = (version?: string) => {
      const sent = request(web).patch(`/api/v1/persons/${personId}`).set('Idempotency-Key', newId())
      return (version ? sent.set('If-Match', version) : sent).send({ address: '新街 2 号' })
    }
    await patch().expect(428)
    await patch('"1"').expect(200)
    const stale = await patch('"1"').expect(412)
    expect(stale.body).to.include({ code: 'version.stale' })
  })

  it('searches with masks on', async () => {
    await register({ name: '测试丙', phones: ['12888880003'] })
    const found = await request(web).post('/api/v1/persons/search').send({ phone: '12888880003' }).expect(200)
    const { items } = found.body as { items: { person: { name: string }; matchedBy: string[] }[] }
    expect(items.map(({ person, matchedBy }) => [person.name, matchedBy])).to.deep.equal([['测＊', ['phone']]])
  })

  it('shows a field for a reason, and refuses an unknown field, an unknown reason and the wrong role', async () => {
    const personId = await register({ name: '测试丁' })
    const reveal = (body: object) => post(`/persons/${personId}/reveal`, body)
    const shown = await reveal({ field: 'name', reason: 'handle_emergency' }).expect(200)
    expect(shown.body).to.deep.equal({ personId, field: 'name', value: '测试丁' })
    expect(shown.headers['cache-control']).to.equal('no-store')
    await reveal({ field: 'tokens', reason: 'handle_emergency' }).expect(400)
    await reveal({ field: 'name', reason: 'curious' }).expect(400)
    await reveal({ field: 'bankAccount', reason: 'handle_emergency' }).expect(403)
    signedIn.as = anActor(county, 'administrator')
    await reveal({ field: 'name', reason: 'handle_emergency' }).expect(403)
  })

  it('joins and leaves a household', async () => {
    const [head, child] = [await register({ name: '家长' }), await register({ name: '孩子', birth: '2019' })]
    const joined = await post(`/persons/${child}/household`, { withPersonId: head, relation: 'child' }).expect(200)
    const read = await request(web).get(`/api/v1/persons/${head}`).expect(200)
    expect(read.body).to.deep.include({ householdId: (joined.body as { householdId: string }).householdId })
    const { household } = read.body as { household: { relation: string; person: { name: string; isMinor: boolean } }[] }
    expect(household.map(({ relation, person }) => [relation, person.name, person.isMinor])).to.deep.equal([
      ['child', '＊＊＊', true],
    ])
    await post(`/persons/${child}/household/leave`, {}).expect(200)
    await post(`/persons/${child}/household/leave`, {}).expect(404)
  })

  it('gives the history to those who audit, and to nobody else', async () => {
    const personId = await register({ name: '测试戊' })
    await request(web).get(`/api/v1/persons/${personId}/history`).expect(403)
    signedIn.as = anActor(county, 'auditor')
    const read = await request(web).get(`/api/v1/persons/${personId}/history`).expect(200)
    expect((read.body as { items: { type: string }[] }).items.map(({ type }) => type)).to.deep.equal([
      'person.registered',
    ])
  })

  it('knows nobody of another county', async () => {
    const personId = await register({ name: '测试己' })
    signedIn.as = anActor(freshCounty(), 'county_civil')
    await request(web).get(`/api/v1/persons/${personId}`).expect(404)
  })
})
