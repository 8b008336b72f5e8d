import { expect } from 'chai'
import { LANGUAGES } from '../../../src/platform/views/language.ts'
import { preferenceSwitches, readPreferences } from '../../../src/platform/views/preferences.ts'

const read = (originalUrl: string, cookie?: string) => readPreferences({ originalUrl, headers: { cookie } }, LANGUAGES)

describe('Platform - views - preferences', () => {
  it('remembers what the cookies say', () => {
    const { lng, night, largeText, chosen } = read('/cases', 'a=b; lng=en; night=1; text=large')
    expect({ lng, night, largeText, chosen }).to.deep.equal({ lng: 'en', night: true, largeText: true, chosen: {} })
  })

  it('keeps a choice made by the address, and only that one', () => {
    expect(read('/cases?night=1', 'night=0').chosen).to.deep.equal({ night: '1' })
    expect(read('/cases?lng=en').chosen).to.deep.equal({ lng: 'en' })
    expect(read('/cases?text=huge').chosen).to.deep.equal({ text: 'normal' })
  })

  it('offers the other language and keeps the rest of the address', () => {
    const url = '/cases?q=%E5%B8%B8%E4%B9%90&lng=zh-CN'
    const switches = preferenceSwitches(url, read(url), LANGUAGES, (language) => language)
    expect(switches.language).to.deep.equal({ href: '/cases?q=%E5%B8%B8%E4%B9%90&lng=en', text: 'en', lng: 'en' })
    expect(switches.night.href).to.equal('/cases?q=%E5%B8%B8%E4%B9%90&night=1')
  })

  it('never links to another site, however the request line was written', () => {
    const url = '//evil.example/x'
    expect(preferenceSwitches(url, read(url), LANGUAGES, String).night.href).to.match(/^\/[^/]/)
  })
})
