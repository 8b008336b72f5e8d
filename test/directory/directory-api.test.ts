import { expect } from 'chai'
import { makeToken } from '../../src/directory/index.ts'
import type { Staff } from '../../src/directory/staff/staff.ts'
import { newId } from '../../src/shared/ids.ts'
import type { DirectoryWeb } from './support/directory-web.ts'
import { directoryWeb } from './support/directory-web.ts'
import type { DirectoryWorld } from './support/directory-world.ts'
import { directoryWorld, PASSWORD } from './support/directory-world.ts'

type Method = 'get' | 'post' | 'put'

/** What the answers of these tests hold, as far as they look at it. */
interface Body {
  readonly code: string
  readonly detailZh: string
  readonly detailEn: string
  readonly errors: readonly { readonly field: string; readonly detailZh: string; readonly detailEn: string }[]
  readonly id: string
  readonly oneTimePassword?: string
  readonly items: readonly { readonly account: string; readonly unit: string; readonly reason?: string }[]
  readonly next: string | null
  readonly current: object
  readonly shifts: readonly object[]
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body
}

describe('Directory - API', () => {
  let world: DirectoryWorld
  let web: DirectoryWeb
  let admin: Staff
  let officer: Staff
  let adminToken: string
  let officerToken: string

  before(async () => {
    world = await directoryWorld()
    web = await directoryWeb(world)
    admin = await world.person('ADM', [{ role: 'administrator', unit: world.county }])
    officer = await world.person('D', [{ role: 'duty_officer', unit: world.township }])
    const tokenOf = async (person: Staff) =>
      (await makeToken(world, { label: 't', days: 1 }, world.by(person))).token ?? ''
    adminToken = await tokenOf(admin)
    officerToken = await tokenOf(officer)
  })

  const ask = async (
    token: string,
    method: Method,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const request = web.api[method](`/api/v1${path}`).set('Authorization', `Bearer ${token}`).set(headers)
    return method === 'get' ? request : request.set({ 'Idempotency-Key': newId(), ...headers }).send(body ?? {})
  }

  it('answers 401 without a token and with a bad one', async () => {
    for (const token of ['', 'Bearer nonsense']) {
      const answer = await web.api.get('/api/v1/staff').set('Authorization', token)
      expect(answer.status).to.equal(401)
      expect(answer.body).to.include({ code: 'auth.required' })
      expect(answer.headers['content-type']).to.include('application/problem+json')
    }
  })

  it('answers 403 to the wrong role, in both languages', async () => {
    const body = {
      id: `${world.county}-finance`,
      kind: 'department',
      name: '财政局',
      shortName: '财政',
      parent: world.county,
    }
    const answer = await ask(officerToken, 'post', '/units', body)
    expect(answer.status).to.equal(403)
    expect(answer.body.detailZh).to.include('岗位')
    expect(answer.body.detailEn).to.be.a('string')
  })

  it('adds, reads and changes a unit with its version', async () => {
    const body = {
      id: `${world.county}-housing`,
      kind: 'department',
      name: '住建局',
      shortName: '住建',
      parent: world.county,
    }
    const added = await ask(adminToken, 'post', '/units', body)
    expect(added.status).to.equal(201)
    expect(added.headers['etag']).to.equal('"1"')

    const path = `/units/${world.county}-housing`
    const change = { name: '住建局', shortName: '住建局', parent: world.county }
    expect((await ask(adminToken, 'put', path, change)).body.code).to.equal('version.missing')
    const changed = await ask(adminToken, 'put', path, change, { 'If-Match': '"1"' })
    expect(changed.headers['etag']).to.equal('"2"')
    const stale = await ask(adminToken, 'put', path, change, { 'If-Match': '"1"' })
    expect(stale.status).to.equal(412)
    expect(stale.body.current).to.include({ shortName: '住建局', version: 2 })
    expect((await ask(officerToken, 'get', path)).body).to.include({ shortName: '住建局' })
  })

  it('gives the first answer again to the same key, and refuses another body', async () => {
    const body = {
      id: `${world.county}-education`,
      kind: 'department',
      name: '教育局',
      shortName: '教育',
      parent: world.county,
    }
    const key = { 'Idempotency-Key': 'unit-education-1' }
    const first = await ask(adminToken, 'post', '/units', body, key)
    const again = await ask(adminToken, 'post', '/units', body, key)
    expect(again.body).to.deep.equal(first.body)
    expect(again.headers['idempotency-replayed']).to.equal('true')
    expect((await ask(adminToken, 'post', '/units', { ...body, name: 'x' }, key)).status).to.equal(409)
  })

  it('names the field that is wrong', async () => {
    const answer = await ask(adminToken, 'post', '/staff', { account: 'x', name: '', unit: world.township, roles: [] })
    expect(answer.status).to.equal(400)
    const fields = answer.body.errors.map(({ field }) => field)
    expect(fields).to.include.members(['name', 'roles'])
    const words = answer.body.errors.flatMap((e) => [e.detailZh, e.detailEn])
    expect(words.join()).not.to.match(/:errors|:field/)
  })

  it('tells a one-time password once and keeps no copy of the answer', async () => {
    const body = {
      account: `W-${world.county}`,
      name: '测试新人',
      unit: world.township,
      roles: [{ role: 'window_clerk', unit: world.township }],
    }
    const key = { 'Idempotency-Key': 'staff-add-0001' }
    const first = await ask(adminToken, 'post', '/staff', body, key)
    expect(first.status).to.equal(201)
    expect(first.body.oneTimePassword).to.be.a('string')
    expect(first.headers['cache-control']).to.equal('no-store')
    const again = await ask(adminToken, 'post', '/staff', body, key)
    expect(again.body).not.to.have.property('oneTimePassword')
    expect(again.body.id).to.equal(first.body.id)
  })

  it('pages people by account and never shows a secret', async () => {
    for (let n = 0; n < 4; n += 1) await world.person(`Z${n}`, [{ role: 'window_clerk', unit: world.township }])
    const seen: string[] = []
    for (let after = ''; ;) {
      const { body } = await ask(
        adminToken,
        'get',
        `/staff?limit=2${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      )
      expect(JSON.stringify(body)).not.to.match(/argon2|hash|secret|generation/)
      seen.push(...body.items.map(({ account }) => account))
      if (body.next === null) break
      after = body.next
    }
    const all = (await world.staff.book(world.county)).all.map(({ account }) => account)
    expect(seen).to.have.members(all)
    expect(seen).to.have.length(all.length)
  })

  it('lets a head see their own people and nobody else', async () => {
    const head = await world.person('H', [{ role: 'township_head', unit: world.township }])
    const { token = '' } = await makeToken(world, { label: 't', days: 1 }, world.by(head))
    const { body } = await ask(token, 'get', '/staff')
    const units = new Set(body.items.map(({ unit }) => unit))
    expect([...units]).to.deep.equal([world.township])
    expect((await ask(token, 'get', `/staff/${admin._id}`)).status).to.equal(404)
    expect((await ask(token, 'get', `/staff/${officer._id}`)).status).to.equal(200)
    expect((await ask(token, 'post', `/staff/${officer._id}/resets`, { kind: 'both' })).status).to.equal(403)
  })

  it('says who is on duty, and to whom it may', async () => {
    const at = '2026-11-28T23:40:10+08:00'
    const shift = {
      unit: world.township,
      staffId: officer._id,
      part: 'duty',
      pattern: { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' },
      validFrom: '2026-11-28T00:00:00+08:00',
    }
    const added = await ask(adminToken, 'post', '/roster/shifts', shift)
    expect(added.status).to.equal(201)
    const path = `/roster/duty?unit=${world.township}&at=${encodeURIComponent(at)}`
    const { body } = await ask(officerToken, 'get', path)
    expect(body.items[0]).to.include({ account: officer.account, reason: 'roster' })
    const roster = await ask(officerToken, 'get', `/roster?unit=${world.township}`)
    expect(roster.body.shifts).to.have.length(1)
    expect((await ask(officerToken, 'get', `/roster/duty?unit=${world.hotline}`)).status).to.equal(403)
    expect(
      (await ask(officerToken, 'get', `/roster?unit=${world.township}&to=2029-01-01T00:00:00Z`)).body.code,
    ).to.equal('roster.span')
    expect((await ask(adminToken, 'post', `/roster/shifts/${added.body.id}/end`)).status).to.equal(200)
  })

  it('changes the own password by token and refuses the old one', async () => {
    const wrong = await ask(officerToken, 'post', '/me/password', { password: 'wrong', next: 'Schnee-im-Dezember' })
    expect(wrong.body.code).to.equal('password.wrong')
    const done = await ask(officerToken, 'post', '/me/password', { password: PASSWORD, next: 'Schnee-im-Dezember' })
    expect(done.status).to.equal(200)
    const web2 = web.visitor()
    expect((await web2.signIn(officer.account)).status).to.equal(422)
  })

  it('describes every route', async () => {
    const { body } = (await web.api.get('/api/v1/openapi.json')) as { body: { paths: object } }
    expect(Object.keys(body.paths)).to.include.members([
      '/units/{id}',
      '/staff/{id}/roles',
      '/resets/{id}/confirm',
      '/roster/duty',
      '/hotlines',
      '/me/tokens',
    ])
  })
})
