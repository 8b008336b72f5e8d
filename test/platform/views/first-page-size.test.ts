import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { testViews } from './test-views.ts'

/** What a phone may have to load before it shows a page. Bytes, compressed. Source: UX page, "Officer's desk". */
const FIRST_PAGE_BYTES = 100 * 1024

describe('Platform - views - first page', () => {
  it('loads in at most 100 KB, with all that stays cached afterwards', async () => {
    const item = { id: '246700000025', urgency: 'P1', href: '/', place: '常乐镇', text: '夜间滞留', dueAt: new Date() }
    const cases = Array.from({ length: 20 }, () => item)
    const page = await testViews().render('style-guide/officer', { title: '我的急难', cases, words: {} }, 'zh-CN')
    const files = readdirSync('dist/public').filter((file) => file !== 'manifest.json')
    const sizes = [Buffer.from(page), ...files.map((file) => readFileSync(`dist/public/${file}`))]
    expect(sizes.reduce((sum, content) => sum + gzipSync(content).length, 0)).to.be.below(FIRST_PAGE_BYTES)
  })
})
