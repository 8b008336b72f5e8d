import { expect } from 'chai'
import * as cheerio from 'cheerio'
import type { Express } from 'express'
import request from 'supertest'
import { joinHousehold, registerPerson } from '../../src/people/index.ts'
import type { NewPerson } from '../../src/people/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { PeopleWorld } from './people-world.ts'
import { peopleWorld } from './people-world.ts'
import { peopleWeb } from './web.ts'

describe('People - person pages', () => {
  const county = freshCounty()
  const operator = anActor(county, 'operator', `${county}-hotline`)
  const civil = anActor(county, 'county_civil')
  const signedIn: { as: Actor } = { as: operator }
  let world: PeopleWorld
  let web: Express

  before(async () => {
    world = await peopleWorld()
    web = peopleWeb(world, signedIn)
  })

  beforeEach(() => {
    signedIn.as = operator
  })

  const register = async (given: NewPerson) => (await registerPerson(world, given, byOf(operator))).personId
  const textOf = (found: { text(): string }) => found.text().replace(/\s+/g, ' ').trim()

  async function get(path: string, status = 200): Promise<cheerio.CheerioAPI> {
    const answer = await request(web).get(path)
    expect(answer.status, answer.text.slice(0, 400)).to.equal(status)
    return cheerio.load(answer.text)
  }

  async function post(path: string, fields: object, status = 200) {
    const answer = await request(web)
      .post(path)
      .type('form')
      .send({ _key: newId(), ...fields })
    expect(answer.status, answer.text.slice(0, 400)).to.equal(status)
    return { $: cheerio.load(answer.text), headers: answer.headers as Record<string, string>, html: answer.text }
  }

  describe('one person', () => {
    const given = {
      name: '测试甲',
      identityNumber: '329900198804121018',
      phones: ['12877771111'],
      address: '北街 1 号',
      notes: ['hangs_up'],
    } as const

    it('stands there with masks on, age and notes for whoever answers, and nothing personal in the page', async () => {
      const personId = await register(given)
      const child = await register({ name: '测试子', birth: '2019' })
      await joinHousehold(world, { personId: child, withPersonId: personId, relation: 'child' }, byOf(operator))
      const $ = await get(`/people/${personId}`)
      expect(textOf($('h1'))).to.equal('测＊')
      expect(textOf($('main p').first())).to.include('男 · 38 岁')
      expect(textOf($('main')))
        .to.include('会挂断')
        .and.include('子女 ＊＊＊ 未成年人')
      const masked = $('.jjn-masked__text')
        .toArray()
        .map((cell) => textOf($(cell)))
      expect(masked).to.deep.equal(['测＊', '329900＊＊＊＊18', '128＊＊＊＊1111', '＊＊＊'])
      for (const secret of ['测试甲', '19880412', '12877771111', '北街']) expect($.html()).to.not.include(secret)
    })

    it('is not there for somebody who may not see it', async () => {
      const personId = await register({ name: '测试乙' })
      signedIn.as = anActor(county, 'cashier', `${county}103`)
      await get(`/people/${personId}`, 404)
      signedIn.as = anActor(county, 'administrator')
      await get(`/people/${personId}`, 403)
    })

    it('shows a value for a reason in one tap, without script, and is kept by no cache', async () => {
      const personId = await register({ name: '测试丙', phones: ['12877772222'] })
      const $ = await get(`/people/${personId}`)
      const ask = $(`form[action="/people/${personId}/reveal"]`).last()
      expect(
        ask
          .find('button[name=reason]')
          .toArray()
          .map((one) => $(one).attr('value')),
      ).to.deep.equal(['handle_emergency', 'contact_person', 'check_identity'])
      const field = ask.find('input[name=field]').attr('value')
      const shown = await post(`/people/${personId}/reveal`, { field, reason: 'contact_person' })
      expect(textOf(shown.$('main')))
        .to.include('128 7777 2222')
        .and.include('已记录这次查看：联系本人或家人')
      expect(shown.headers['cache-control']).to.equal('no-store')
    })

    it('asks again when “other” came without words, and keeps what was chosen', async () => {
      const personId = await register({ name: '测试丁' })
      const asked = await post(`/people/${personId}/reveal`, { field: 'name', reason: 'other' }, 422)
      expect(textOf(asked.$('.govuk-error-summary'))).to.include('请写几个字')
      expect(asked.$('input[name=reason][value=other]').attr('checked')).to.equal('checked')
      const shown = await post(`/people/${personId}/reveal`, { field: 'name', reason: 'other', words: '村里来电' })
      expect(textOf(shown.$('main'))).to.include('测试丁')
    })

    it('under 14 takes the consent on the page', async () => {
      signedIn.as = civil
      const personId = await register({ name: '小丁', birth: '2019-09-03' })
      const refused = await post(`/people/${personId}/reveal`, { field: 'name', reason: 'handle_emergency' }, 422)
      expect(textOf(refused.$('.govuk-error-summary'))).to.include('监护人同意')
      const fields = { field: 'name', reason: 'handle_emergency', guardianConsent: 'yes' }
      const shown = await post(`/people/${personId}/reveal`, fields)
      expect(textOf(shown.$('main'))).to.include('小丁')
    })

    it('shows the auditor who looked, and why', async () => {
      const personId = await register({ name: '测试戊' })
      await post(`/people/${personId}/reveal`, { field: 'name', reason: 'check_identity' })
      signedIn.as = anActor(county, 'auditor')
      const $ = await get(`/people/${personId}/history`)
      expect(textOf($('.jjn-timeline__entry').first()))
        .to.include('查看遮蔽内容')
        .and.include('姓名 · 核对身份')
    })
  })

  describe('looking for somebody', () => {
    it('finds by any spelling, and the query stands in no address', async () => {
      await register({ name: '苏东坡', phones: ['12877773333'] })
      const { $ } = await post('/people/search', { phone: '+86 128-7777-3333' })
      expect(textOf($('.jjn-work__item')))
        .to.include('苏＊')
        .and.include('电话相同')
      expect($('form[action="/people/search"]').attr('method')).to.equal('post')
    })

    it('says calmly that nobody was found, and asks for one field when none was given', async () => {
      expect(textOf((await post('/people/search', { name: '查无此人名' })).$('.jjn-empty'))).to.include('没有找到')
      const empty = await post('/people/search', { name: ' ' }, 422)
      expect(textOf(empty.$('.govuk-error-summary'))).to.include('请填写电话、姓名或身份证号中的一项')
    })
  })

  describe('registering and changing', () => {
    it('registers with nothing required, and says what looks odd', async () => {
      const { headers } = await post('/people', { name: '欧阳修', phone: '82215555', tags: 'migrant' }, 303)
      const $ = await get(headers['location'] ?? '')
      expect(textOf($('h1'))).to.equal('欧阳＊')
      expect(textOf($('.jjn-flash'))).to.include('请核对：电话没有区号')
      expect(textOf($('main'))).to.include('外来务工')
    })

    it('leads to the person who has the identity number already, and keeps what was typed', async () => {
      const known = await register({ identityNumber: '329900197501010014' })
      const typed = { name: '王安石', identityNumber: '329900 19750101 0014' }
      const { $ } = await post('/people', typed, 422)
      expect($(`a[href="/people/${known}"]`).length).to.equal(1)
      expect($('input[name=name]').attr('value')).to.equal('王安石')
    })

    it('changes only what was typed, adds the phone, removes what was ticked', async () => {
      const personId = await register({ name: '司马光', phones: ['12877774444'], address: '旧址' })
      const form = await get(`/people/${personId}/edit`)
      expect(form('input[name=name]').attr('value') ?? '').to.equal('')
      expect(textOf(form('main'))).to.include('已登记：128＊＊＊＊4444')
      const version = form('input[name=_version]').attr('value')
      await post(`/people/${personId}`, { phone: '12877775555', clear: 'address', _version: version }, 303)
      const $ = await get(`/people/${personId}`)
      expect(textOf($('main')))
        .to.include('128＊＊＊＊4444')
        .and.include('128＊＊＊＊5555')
        .and.not.include('详细住址')
      const stale = await post(`/people/${personId}`, { name: '司马迁', _version: version }, 412)
      expect(textOf(stale.$('.govuk-error-summary'))).to.include('别人已经改过')
    })

    it('puts a person into the household of somebody found', async () => {
      const [personId, head] = [await register({ name: '苏小妹' }), await register({ name: '苏老泉' })]
      const found = await post(`/people/${personId}/household/search`, { name: '苏老泉' })
      expect(found.$(`input[name=withPersonId][value="${head}"]`).length).to.equal(1)
      const version = found.$('input[name=_version]').attr('value')
      const fields = { withPersonId: head, relation: 'child', _version: version }
      await post(`/people/${personId}/household`, fields, 303)
      expect(textOf((await get(`/people/${personId}`))('main'))).to.include('户主 苏＊')
    })
  })

  it('reads in English as well', async () => {
    const personId = await register({
      name: '测试己',
      notes: ['dialect'],
      tags: [{ code: 'dibao', source: 'register' }],
    })
    for (const path of [
      '/people',
      '/people/new',
      `/people/${personId}`,
      `/people/${personId}/edit`,
      `/people/${personId}/household`,
    ]) {
      const answer = await request(web).get(path).set('Cookie', 'lng=en').set('Accept-Language', 'en')
      expect(answer.status, path).to.equal(200)
      expect(cheerio.load(answer.text)('html').attr('lang'), path).to.equal('en')
    }
  })
})
