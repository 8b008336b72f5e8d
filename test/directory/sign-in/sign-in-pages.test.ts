import { expect } from 'chai'
import { generate } from 'otplib'
import { confirmTotp, startTotp } from '../../../src/directory/own-account/second-factor.ts'
import { addStaff } from '../../../src/directory/staff/add-staff.ts'
import { endStaff } from '../../../src/directory/staff/end-staff.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import type { DirectoryWeb, Visitor } from '../support/directory-web.ts'
import { directoryWeb } from '../support/directory-web.ts'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld, PASSWORD } from '../support/directory-world.ts'

describe('Directory - sign-in pages', () => {
  let world: DirectoryWorld
  let web: DirectoryWeb
  let officer: Staff
  let admin: Staff
  let visitor: Visitor

  before(async () => {
    world = await directoryWorld()
    web = await directoryWeb(world)
  })

  beforeEach(async () => {
    const no = Math.random().toString(36).slice(2, 8)
    officer = await world.person(`D${no}`, [{ role: 'duty_officer', unit: world.township }])
    admin = await world.person(`A${no}`, [{ role: 'administrator', unit: world.county }])
    visitor = web.visitor()
  })

  const sessionOf = (cookies: readonly string[]) =>
    cookies.find((cookie) => cookie.startsWith('jjn.sid'))?.split(';')[0]

  it('shows a form of account and password and nothing of the product', async () => {
    const page = await visitor.get('/sign-in')
    expect(page.status).to.equal(200)
    expect(page.$('input[name=account]').attr('autocomplete')).to.equal('username')
    expect(page.$('input[type=password]').attr('autocomplete')).to.equal('current-password')
    expect(page.$('.jjn-menu').length).to.equal(0)
  })

  it('signs in and goes where the person wanted to', async () => {
    const answer = await visitor.signIn(officer.account, PASSWORD, '/roster?week=2026-11-30')
    expect(answer.status).to.equal(303)
    expect(answer.location).to.equal('/roster?week=2026-11-30')
    expect((await visitor.get('/me')).text).to.include(officer.name)
  })

  it('never goes to another site', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const answer = await web.visitor().signIn(officer.account, PASSWORD, next)
      expect(answer.location).to.equal('/')
    }
  })

  it('does not take an address that was slipped into the form', async () => {
    const answer = await visitor.submit('/sign-in', '/sign-in', {
      account: officer.account,
      password: PASSWORD,
      next: '//evil.example/x',
    })
    expect(answer.location).to.equal('/')
  })

  it('throws the session from before the sign-in away', async () => {
    const before = sessionOf((await visitor.get('/sign-in')).cookies)
    const after = sessionOf((await visitor.signIn(officer.account)).cookies)
    expect(before).to.be.a('string')
    expect(after).to.be.a('string')
    expect(after).not.to.equal(before)
    const planted = await web.api.get('/me').set('Cookie', before ?? '')
    expect(planted.status).to.equal(303)
    expect(planted.headers['location']).to.include('/sign-in')
  })

  it('shows a wrong password with its reason and the account still there, never the password', async () => {
    const page = await visitor.signIn(officer.account, 'wrong-password')
    expect(page.status).to.equal(422)
    expect(page.text).to.include('账号或密码不对')
    expect(page.$('input[name=account]').attr('value')).to.equal(officer.account)
    expect(page.$.html()).not.to.include('wrong-password')
  })

  it('tells in words how long to wait after too many tries', async () => {
    for (let n = 0; n < 5; n += 1) await visitor.signIn(officer.account, 'wrong-password')
    const page = await visitor.signIn(officer.account)
    expect(page.text).to.include('请等 1 分钟再试')
    expect((await visitor.get('/me')).status).to.equal(303)
  })

  it('looks anew at a form that is sent again: a replay with another password opens nothing', async () => {
    const form = await visitor.get('/sign-in')
    const hidden = {
      _csrf: form.$('form[action="/sign-in"] input[name=_csrf]').attr('value') ?? '',
      _key: form.$('form[action="/sign-in"] input[name=_key]').attr('value') ?? '',
    }
    const good = { ...hidden, account: officer.account, password: PASSWORD }
    expect((await visitor.post('/sign-in', good)).status).to.equal(303)
    expect((await visitor.post('/sign-in', good)).status).to.equal(403)
    const other = web.visitor()
    expect((await other.post('/sign-in', good)).status).to.equal(403)
  })

  it('refuses a form without the token of its session', async () => {
    const answer = await visitor.post('/sign-in', { _key: 'abcdefgh-1', account: officer.account, password: PASSWORD })
    expect(answer.status).to.equal(403)
  })

  it('signs out', async () => {
    await visitor.signIn(officer.account)
    expect((await visitor.submit('/me', '/sign-out')).location).to.equal('/sign-in')
    expect((await visitor.get('/me')).location).to.equal('/sign-in?next=%2Fme')
  })

  it('leads a new person from the one-time password to their own', async () => {
    const added = await addStaff(
      world,
      {
        account: `N-${officer.account}`,
        name: '测试新人',
        unit: world.township,
        roles: [{ role: 'window_clerk', unit: world.township }],
        language: 'zh-CN',
      },
      world.by(admin),
    )
    const first = await visitor.signIn(added.account, added.oneTimePassword, '/roster')
    expect(first.location).to.equal('/sign-in/new-password')
    expect((await visitor.get('/me')).status).to.equal(303)

    const slip = { next: 'Schnee-im-Dezember', again: 'Schnee-im-November' }
    const wrong = await visitor.submit('/sign-in/new-password', '/sign-in/new-password', slip)
    expect(wrong.status).to.equal(400)
    expect(wrong.text).to.include('两遍输入不一样')

    const common = { next: 'password2026', again: 'password2026' }
    const weak = await visitor.submit('/sign-in/new-password', '/sign-in/new-password', common)
    expect(weak.text).to.include('太常见')

    const right = { next: 'Schnee-im-Dezember', again: 'Schnee-im-Dezember' }
    const done = await visitor.submit('/sign-in/new-password', '/sign-in/new-password', right)
    expect(done.location).to.equal('/roster')
    expect((await visitor.get('/me')).text).to.include('测试新人')
  })

  it('asks for the code of a second factor and takes it once', async () => {
    const { secret } = await startTotp(world, { password: PASSWORD, address: '10.0.0.1' }, world.by(officer))
    const code = () => generate({ secret, epoch: world.clock.now().getTime() / 1000 })
    await confirmTotp(world, { code: await code(), address: '10.0.0.1' }, world.by(officer))
    world.clock.pass(90)

    expect((await visitor.signIn(officer.account, PASSWORD, '/roster')).location).to.equal('/sign-in/code')
    expect((await visitor.get('/me')).status).to.equal(303)
    const now = await code()
    expect((await visitor.submit('/sign-in/code', '/sign-in/code', { code: now })).location).to.equal('/roster')

    const second = web.visitor()
    await second.signIn(officer.account)
    const again = await second.submit('/sign-in/code', '/sign-in/code', { code: now })
    expect(again.status).to.equal(422)
    expect(again.text).to.include('已经用过')
  })

  it('ends a session when the person leaves', async () => {
    await visitor.signIn(officer.account)
    const found = await world.staff.find(world.county, officer._id)
    await endStaff(world, { staffId: officer._id, version: found?.version ?? 0 }, world.by(admin))
    expect((await visitor.get('/me')).status).to.equal(303)
  })

  it('ends a session after fourteen hours of the clock', async () => {
    await visitor.signIn(officer.account)
    world.clock.pass(14 * 3600 - 1)
    expect((await visitor.get('/me')).status).to.equal(200)
    world.clock.pass(1)
    expect((await visitor.get('/me')).status).to.equal(303)
  })
})
