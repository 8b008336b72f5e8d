import path from 'node:path'
import { expect } from 'chai'
import { load } from 'cheerio'
import { createViews } from '../../../src/platform/views/index.ts'
import type { Language } from '../../../src/platform/views/index.ts'
import { NOW, testViews } from './test-views.ts'

/** A style-guide page with the components of one test. */
async function officerPage(language: Language, items: readonly object[]) {
  const page = { title: '我的急难', cases: items, words: { marks: '标记' } }
  return load(await testViews().render('style-guide/officer', page, language))
}

const item = {
  id: '246700000025',
  urgency: 'P1',
  href: '/cases/246700000025',
  place: '常乐镇 <汽车站>',
  text: '夜间滞留',
  dueAt: new Date(NOW.getTime() + 30 * 60_000),
  action: { post: '/cases/246700000025/acknowledge', text: '受理', version: 0 },
}

describe('Platform - views - create views', () => {
  it('renders a page in its layout, in the language asked for', async () => {
    const $ = await officerPage('en', [item])
    expect($('html').attr('lang')).to.equal('en')
    expect($('title').text()).to.equal('我的急难 – Jiujinan')
    expect($('.jjn-demo').text()).to.equal('DEMO')
    expect($('main .jjn-work__item')).to.have.lengthOf(1)
  })

  it('shows urgency by shape and word, time in words with the exact time beside it', async () => {
    const $ = await officerPage('zh-CN', [item])
    expect($('.jjn-urgency--p1').text()).to.equal('紧急')
    expect($('.jjn-urgency--p1 use').attr('href')).to.match(/^\/assets\/icons-\w+\.svg#p1$/)
    expect($('time').text()).to.equal('还有 30 分钟')
    expect($('time').attr('title')).to.equal('11月29日 周日 00:10')
    expect($('time').attr('datetime')).to.equal('2026-11-29T00:10:10+08:00')
  })

  it('escapes what people wrote', async () => {
    const $ = await officerPage('zh-CN', [item])
    expect($('.jjn-work__place').text()).to.equal('常乐镇 <汽车站>')
  })

  it('carries key and version in a form, version 0 too', async () => {
    const $ = await officerPage('zh-CN', [item])
    expect($('input[name=_version]').attr('value')).to.equal('0')
    expect($('input[name=_key]').attr('value')).to.match(/^[\da-f-]{36}$/)
  })

  it('sends one-button forms even where the item around them has an address', async () => {
    const $ = await officerPage('zh-CN', [item])
    expect($('form[action$="/acknowledge"] button[type=submit]').text()).to.equal('受理')
    expect($('form a')).to.have.lengthOf(0)
  })

  it('refuses to show an urgency it does not know, rather than a low one', async () => {
    await officerPage('zh-CN', [{ ...item, urgency: 'P9' }]).then(
      () => expect.fail('rendered'),
      (error: unknown) => expect(String(error)).to.match(/No urgency P9/),
    )
  })

  it('throws on words that are missing, or logs them where told to', () => {
    expect(() => testViews().wordsFor('en')('common:nothing.here')).to.throw('No words for common:nothing.here in en')
    expect(() => testViews().wordsFor('en')('common:page.signedInAs', { name: 'Li' })).to.throw('lack the value unit')
    const told: string[] = []
    const production = createViews({
      viewsDir: path.resolve('views'),
      publicDir: path.resolve('dist/public'),
      demo: false,
      cache: true,
      clock: { now: () => NOW },
      onMissing: (message) => told.push(message),
    })
    expect(production.wordsFor('en')('common:nothing.here')).to.equal('nothing.here')
    expect(told).to.deep.equal(['No words for common:nothing.here in en'])
  })

  it('says what to do when the assets are not built', () => {
    const options = {
      viewsDir: path.resolve('views'),
      publicDir: '/nowhere',
      demo: false,
      cache: true,
      clock: { now: () => NOW },
    }
    expect(() => createViews(options)).to.throw('npm run build')
  })

  it('gives pages ready strings', () => {
    const present = testViews().presenterFor('zh-CN')
    expect(present.money(123_456_789)).to.equal('¥1,234,567.89')
    expect(present.due(new Date(NOW.getTime() - 7 * 60_000))).to.include({ text: '已超时 7 分钟', tone: 'over' })
    expect(present.error('no.such_code')).to.match(/no\.such_code/)
  })
})
