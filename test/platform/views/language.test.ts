import { expect } from 'chai'
import { chooseLanguage, LANGUAGES } from '../../../src/platform/views/language.ts'

const wishes = (wish: { query?: string; cookie?: string; header?: string }) =>
  chooseLanguage({ query: wish.query, cookie: wish.cookie, header: wish.header }, LANGUAGES)

describe('Platform - views - language', () => {
  it('speaks Chinese when nobody asked for anything', () => {
    expect(wishes({})).to.equal('zh-CN')
    expect(wishes({ header: 'fr, *;q=0.1' })).to.equal('zh-CN')
  })

  it('follows the address before the cookie, the cookie before the browser', () => {
    expect(wishes({ query: 'en', cookie: 'zh-CN', header: 'zh' })).to.equal('en')
    expect(wishes({ cookie: 'en', header: 'zh' })).to.equal('en')
    expect(wishes({ header: 'en-GB,en;q=0.9,zh;q=0.8' })).to.equal('en')
  })

  it('takes the language the browser weighs most, and none with weight 0', () => {
    expect(wishes({ header: 'en;q=0.3, zh-Hans-CN;q=0.9' })).to.equal('zh-CN')
    expect(wishes({ header: 'en;q=0' })).to.equal('zh-CN')
  })

  it('does not obey a language it does not have', () => {
    expect(wishes({ query: '<script>', cookie: 'en' })).to.equal('en')
  })
})
