import { expect } from 'chai'
import type { Staff } from '../../src/directory/staff/staff.ts'
import type { DirectoryWeb, Visitor } from './support/directory-web.ts'
import { directoryWeb } from './support/directory-web.ts'
import type { DirectoryWorld } from './support/directory-world.ts'
import { directoryWorld, PASSWORD } from './support/directory-world.ts'

describe('Directory - pages', () => {
  let world: DirectoryWorld
  let web: DirectoryWeb
  let admin: Staff
  let second: Staff
  let head: Staff
  let officer: Staff
  let boss: Visitor

  before(async () => {
    world = await directoryWorld()
    web = await directoryWeb(world)
    admin = await world.person('ADM', [{ role: 'administrator', unit: world.county }])
    second = await world.person('ADM2', [{ role: 'administrator', unit: world.county }])
    head = await world.person('H', [{ role: 'township_head', unit: world.township }])
    officer = await world.person('D', [{ role: 'duty_officer', unit: world.township }])
    boss = web.visitor()
    await boss.signIn(admin.account)
  })

  it('turns everybody away who is no administrator', async () => {
    const visitor = web.visitor()
    expect((await visitor.get('/admin')).location).to.include('/sign-in?next=%2Fadmin')
    await visitor.signIn(officer.account)
    for (const path of [
      '/admin',
      '/admin/units',
      '/admin/staff',
      '/admin/hotlines',
      '/admin/windows',
      '/admin/resets',
    ]) {
      const page = await visitor.get(path)
      expect(page.status, path).to.equal(403)
      expect(page.text).to.include('没有权限')
    }
  })

  it('reads in both languages', async () => {
    for (const path of [
      '/admin',
      '/admin/units',
      '/admin/units/new',
      `/admin/units/${world.township}`,
      '/admin/staff',
      '/admin/staff/new',
      `/admin/staff/${officer._id}`,
      '/admin/hotlines',
      '/admin/hotlines/new',
      '/admin/windows',
      '/admin/windows/new',
      '/admin/resets',
      '/roster',
      `/roster/${world.township}`,
      '/me',
    ])
      for (const lng of ['zh-CN', 'en']) {
        const page = await boss.get(`${path}?lng=${lng}`)
        expect(page.status, `${path} ${lng}`).to.equal(200)
        expect(page.$('html').attr('lang')).to.match(lng === 'en' ? /^en/ : /^zh/)
        expect(page.$('h1').length, path).to.equal(1)
      }
    await boss.get('/me?lng=zh-CN')
  })

  describe('of units', () => {
    it('adds one, shows what is wrong with one, changes one', async () => {
      const fields = {
        kind: 'department',
        id: `${world.county}-housing`,
        name: '住房和城乡建设局',
        shortName: '住建',
        parent: world.county,
      }
      const missing = await boss.submit('/admin/units/new', '/admin/units', { ...fields, shortName: '', phone: '123' })
      expect(missing.status).to.equal(400)
      expect(missing.$('.govuk-error-summary a').attr('href')).to.equal('#shortName')
      expect(missing.$('#name').attr('value')).to.equal('住房和城乡建设局')

      const bad = await boss.submit('/admin/units/new', '/admin/units', { ...fields, id: 'housing' })
      expect(bad.status).to.equal(422)
      expect(bad.text).to.include('编号和类别对不上')

      const done = await boss.submit('/admin/units/new', '/admin/units', fields)
      expect(done.location).to.equal('/admin/units')
      expect((await boss.follow(done)).text).to.include('已新增住建')

      const path = `/admin/units/${world.county}-housing`
      await boss.submit(path, path, {
        name: '住建局',
        shortName: '住建局',
        parent: world.county,
        phone: '0513-82212345',
      })
      expect((await boss.get(path)).$('#phone').attr('value')).to.include('82212345')
    })

    it('shows the newest when somebody else was faster, and keeps their change', async () => {
      const path = `/admin/units/${world.village}`
      const form = { name: '晨光村村民委员会', shortName: '晨光村', parent: world.township, phone: '' }
      const stale = (await boss.get(path)).$('form input[name=_version]').first().attr('value') ?? ''
      await boss.submit(path, path, form)
      const late = await boss.submit(path, path, { ...form, shortName: '别的村', _version: stale })
      expect(late.status).to.equal(412)
      expect(late.text).to.include('别人已经改过')
      expect(late.$('#shortName').attr('value')).to.equal('晨光村')
    })

    it('says why one cannot end', async () => {
      const page = await boss.submit(`/admin/units/${world.township}`, `/admin/units/${world.township}/end`)
      expect(page.status).to.equal(422)
      expect(page.text).to.include('请先调走再停用')
    })

    it('knows nothing of another county', async () => {
      const other = await directoryWorld()
      expect((await boss.get(`/admin/units/${other.township}`)).status).to.equal(404)
      const stranger = await other.person('X', [{ role: 'duty_officer', unit: other.township }])
      expect((await boss.get(`/admin/staff/${stranger._id}`)).status).to.equal(404)
      expect((await boss.get(`/roster/${other.township}`)).status).to.equal(404)
    })
  })

  describe('of people', () => {
    it('makes an account, shows its password once and never stores the page', async () => {
      const fields = {
        name: '测试新人',
        account: `W-${world.county}`,
        unit: world.township,
        role1: 'window_clerk',
        roleUnit1: world.township,
        language: 'zh-CN',
      }
      const wrong = await boss.submit('/admin/staff/new', '/admin/staff', { ...fields, roleUnit1: '' })
      expect(wrong.status).to.equal(400)
      expect(wrong.$('.govuk-error-summary a').attr('href')).to.equal('#roleUnit1')
      const page = await boss.submit('/admin/staff/new', '/admin/staff', fields)
      const password = page.$('.jjn-secret code').text()
      expect(password).to.match(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
      expect((await web.visitor().signIn(`W-${world.county}`, password)).location).to.equal('/sign-in/new-password')
      expect((await boss.get('/admin/staff?q=测试新')).text).to.include(`W-${world.county}`)
    })

    it('changes roles and refuses what two people have to hold', async () => {
      const path = `/admin/staff/${officer._id}`
      const both = { role1: 'duty_officer', roleUnit1: world.township, role2: 'cashier', roleUnit2: world.township }
      const refused = await boss.submit(path, `${path}/roles`, both)
      expect(refused.status).to.equal(422)
      expect(refused.text).to.include('要由两个人担任')
      const more = { role1: 'duty_officer', roleUnit1: world.township, role2: 'deputy', roleUnit2: world.township }
      expect((await boss.submit(path, `${path}/roles`, more)).location).to.equal(path)
      expect((await boss.get(path)).text).to.include('副职（备班）（常乐镇）')
    })

    it('does not offer an administrator his own roles, reset or end', async () => {
      const page = await boss.get(`/admin/staff/${admin._id}`)
      expect(page.text).to.include('这是您自己的账号')
      expect(page.$('form[action$="/roles"], form[action$="/resets"], form[action$="/end"]').length).to.equal(0)
      const forced = await boss.submit(`/admin/staff/${officer._id}`, `/admin/staff/${officer._id}/end`)
      expect(forced.location).to.equal('/admin/staff')
      officer = await world.person('D3', [{ role: 'duty_officer', unit: world.township }])
    })

    it('resets by two: the one who asked sees no button, the other gets the password', async () => {
      const path = `/admin/staff/${officer._id}`
      await boss.submit(path, `${path}/resets`, { kind: 'password' })
      const mine = await boss.get('/admin/resets')
      expect(mine.text).to.include('请另一位管理员确认')
      expect(mine.$('form[action$="/confirm"]').length).to.equal(0)

      const other = web.visitor()
      await other.signIn(second.account)
      expect((await other.get('/admin')).text).to.include('等另一位管理员确认')
      const confirm = (await other.get('/admin/resets')).$('form[action$="/confirm"]').attr('action') ?? ''
      const shown = await other.submit('/admin/resets', confirm)
      const password = shown.$('.jjn-secret code').text()
      expect((await web.visitor().signIn(officer.account, PASSWORD)).status).to.equal(422)
      expect((await web.visitor().signIn(officer.account, password)).location).to.equal('/sign-in/new-password')
    })

    it('unlocks somebody who was locked out', async () => {
      for (let n = 0; n < 5; n += 1) await world.lockOut.begin({ account: head.account, address: '10.7.7.7' })
      const path = `/admin/staff/${head._id}`
      expect((await boss.get(path)).text).to.include('多次输错密码')
      await boss.submit(path, `${path}/unlock`)
      expect((await boss.get(path)).text).not.to.include('多次输错密码')
    })
  })

  it('keeps a hotline with two stretches of hours', async () => {
    const fields = { number: '0513-82219999', name: '测试热线', level: '3', unit: world.hotline, language: 'zh-CN' }
    const unclear = await boss.submit('/admin/hotlines/new', '/admin/hotlines', {
      ...fields,
      days1: ['1'],
      from1: '08:00',
    })
    expect(unclear.text).to.include('写清几点到几点')
    const hours = {
      days1: ['1', '2', '3', '4', '5'],
      from1: '08:30',
      to1: '12:00',
      days2: ['1', '2', '3', '4', '5'],
      from2: '14:00',
      to2: '17:30',
    }
    await boss.submit('/admin/hotlines/new', '/admin/hotlines', { ...fields, ...hours })
    expect((await boss.get('/admin/hotlines')).text).to.include('周一至周五 08:30–12:00、周一至周五 14:00–17:30')
  })

  it('keeps a window', async () => {
    const fields = {
      unit: world.township,
      name: '社会救助窗口',
      place: '一楼 3 号',
      days1: ['1', '2'],
      from1: '08:30',
      to1: '17:30',
    }
    expect((await boss.submit('/admin/windows/new', '/admin/windows', { ...fields, days1: [] })).status).to.equal(400)
    await boss.submit('/admin/windows/new', '/admin/windows', fields)
    expect((await boss.get('/admin/windows')).text).to.include('一楼 3 号')
  })

  describe('of the roster', () => {
    let chief: Visitor

    before(async () => {
      chief = web.visitor()
      await chief.signIn(head.account)
    })

    const path = () => `/roster/${world.township}`

    it('leads somebody with one roster straight to it', async () => {
      expect((await chief.get('/roster')).location).to.equal(path())
    })

    it('warns that nobody is there, and takes a shift', async () => {
      expect((await chief.get(path())).text).to.include('现在没有人值班')
      const shift = {
        staffId: officer._id,
        part: 'duty',
        days: ['1', '2', '3', '4', '5', '6', '7'],
        from: '00:00',
        to: '24:00',
        firstDay: '2026-11-28',
        lastDay: '',
      }
      const wrong = await chief.submit(path(), `${path()}/shifts`, { ...shift, to: '25:00', firstDay: '28.11.2026' })
      expect(wrong.status).to.equal(400)
      expect(wrong.$('#firstDay-error').text()).to.include('日期写成')
      await chief.submit(path(), `${path()}/shifts`, shift)
      const page = await chief.get(path())
      expect(page.text).to.include(`现在值班：${officer.name}`)
      expect(page.$('ol li').first().text()).to.include('值班表上当班')
      expect(page.$('table').text()).to.include('00:00–24:00')
    })

    it('shows the week before and after', async () => {
      const page = await chief.get(`${path()}?week=2026-12-02`)
      expect(page.text).to.include('11月30日')
      expect(page.$('a[href$="week=2026-11-23"]').length).to.equal(1)
      expect(page.$('a[href$="week=2026-12-07"]').length).to.equal(1)
      expect((await chief.get(`${path()}?week=2026-99-99`)).status).to.equal(200)
    })

    it('lets the officer see it, report himself away and leave a note, but not edit', async () => {
      const self = await world.person('D4', [{ role: 'duty_officer', unit: world.township }])
      const visitor = web.visitor()
      await visitor.signIn(self.account)
      const page = await visitor.get(path())
      expect(page.$(`form[action="${path()}/shifts"]`).length).to.equal(0)
      const away = { awayFrom: '2026-11-29T08:00', awayTo: '2026-11-30T08:00', substituteId: '' }
      expect((await visitor.submit(path(), `${path()}/absences`, away)).location).to.equal(path())
      await visitor.submit(path(), `${path()}/notes`, { text: '明早有人来取药' })
      const after = await visitor.get(path())
      expect(after.text).to.include('明早有人来取药')
      expect(after.text).to.include('还没有人替')
      const forced = await visitor.submit(path(), `${path()}/absences`, { ...away, awayStaff: officer._id })
      expect(forced.status).to.equal(403)
    })

    it('keeps notes from those who do no shifts there', async () => {
      expect((await boss.get(path())).text).not.to.include('明早有人来取药')
    })

    it('is hidden from people of other townships', async () => {
      const unit = `${world.county}104`
      await world.inTransaction(world.by(admin), async (tx) => {
        await world.units.insert(
          {
            _id: unit,
            county: world.county,
            kind: 'township',
            name: '悦来镇',
            shortName: '悦来镇',
            parent: world.county,
            validFrom: new Date(0),
            version: 1,
          },
          tx,
        )
        return {}
      })
      world.units.forget(world.county)
      const neighbour = await world.person('N', [{ role: 'duty_officer', unit }])
      const visitor = web.visitor()
      await visitor.signIn(neighbour.account)
      expect((await visitor.get(path())).status).to.equal(403)
    })
  })

  describe('of the own account', () => {
    it('makes a token, shows it once, revokes it', async () => {
      const visitor = web.visitor()
      const me = await world.person('T', [{ role: 'window_clerk', unit: world.township }])
      await visitor.signIn(me.account)
      const wrong = await visitor.submit('/me', '/me/tokens', {
        label: '夜间报表',
        days: '900',
        tokenPassword: PASSWORD,
      })
      expect(wrong.text).to.include('天数填 1 到 366')
      const made = await visitor.submit('/me', '/me/tokens', { label: '夜间报表', days: '3', tokenPassword: PASSWORD })
      const token = made.$('.jjn-secret code').text()
      const asked = await web.api.get('/api/v1/me').set('Authorization', `Bearer ${token}`)
      expect(asked.body).to.include({ account: me.account })
      const revoke = (await visitor.get('/me')).$('form[action$="/revoke"]').attr('action') ?? ''
      expect((await visitor.submit('/me', revoke)).location).to.equal('/me')
    })

    it('changes the password and ends the other sessions, not this one', async () => {
      const me = await world.person('P', [{ role: 'window_clerk', unit: world.township }])
      const here = web.visitor()
      const there = web.visitor()
      await here.signIn(me.account)
      await there.signIn(me.account)
      const fields = { password: PASSWORD, next: 'Schnee-im-Dezember', again: 'Schnee-im-Dezember' }
      expect((await here.submit('/me', '/me/password', { ...fields, password: 'nicht-richtig' })).text).to.include(
        '现在的密码不对',
      )
      expect((await here.submit('/me', '/me/password', fields)).location).to.equal('/me')
      expect((await here.get('/me')).status).to.equal(200)
      expect((await there.get('/me')).status).to.equal(303)
    })

    it('sets up a second factor with a code to scan', async () => {
      const me = await world.person('Q', [{ role: 'window_clerk', unit: world.township }])
      const visitor = web.visitor()
      await visitor.signIn(me.account)
      const started = await visitor.submit('/me', '/me/totp', { totpPassword: PASSWORD })
      expect(started.location).to.equal('/me/totp')
      const page = await visitor.follow(started)
      expect(page.$('svg.jjn-qr').length).to.equal(1)
      const secret = page.$('main code').text().replace(/\s/g, '')
      const { generate } = await import('otplib')
      const wrong = await visitor.submit('/me/totp', '/me/totp/confirm', { code: '000000' })
      expect(wrong.text).to.include('动态码不对')
      const code = await generate({ secret, epoch: world.clock.now().getTime() / 1000 })
      expect((await visitor.submit('/me/totp', '/me/totp/confirm', { code })).location).to.equal('/me')
      expect((await visitor.get('/me')).text).to.include('登录时除密码外还要动态码')
    })
  })
})
