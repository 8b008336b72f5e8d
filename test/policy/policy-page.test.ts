import * as cheerio from 'cheerio'
import { expect } from 'chai'
import { DEMO_POLICIES } from '../../scripts/demo/policies.ts'
import { LANGUAGES } from '../../src/platform/views/index.ts'
import type { Language } from '../../src/platform/views/index.ts'
import { PARAMETER_KEYS, valueText, wordsOfParameter } from '../../src/policy/index.ts'
import type { NewPolicyValue } from '../../src/policy/index.ts'
import { nationalDefaults } from '../../src/policy/national-defaults.ts'
import { parameterOf } from '../../src/policy/parameters/index.ts'
import { indexValues, policyFrom } from '../../src/policy/policy.ts'
import { policyPage } from '../../src/policy/policy-page.ts'
import { publishedHolidays } from '../../src/policy/published-holidays.ts'
import { workingCalendar } from '../../src/policy/working-calendar.ts'
import { testViews } from '../platform/views/test-views.ts'

const AT = new Date('2026-12-02T09:00:00+08:00')
const calendar = workingCalendar(publishedHolidays())
const views = testViews()
const [haimen] = DEMO_POLICIES

function policyOf(unit: string, values: readonly NewPolicyValue[] = haimen?.values ?? []) {
  const stored = values.map((value, n) => ({
    ...value,
    _id: String(n),
    county: '320614',
    unit: parameterOf(value.key).unit,
    recordedAt: AT,
    recordedBy: 'test',
  }))
  return policyFrom(indexValues([...nationalDefaults(), ...stored]), calendar, unit, AT)
}

async function shown(language: Language, unit: string, missing: Parameters<typeof policyPage>[0]['missing'] = []) {
  const places = [
    { id: '320614', name: '海门区' },
    { id: '320614105', name: '四甲镇' },
  ]
  const present = views.presenterFor(language)
  const model = policyPage({ policy: policyOf(unit), places, missing }, present)
  const page = cheerio.load(await views.render('policy/parameters', { ...model }, language, '/policies'))
  const cells = (key: string) =>
    page(`[data-item="${key}"] td`)
      .toArray()
      .map((cell) => page(cell).text().replace(/\s+/g, ' ').trim())
  return { page, cells }
}

describe('Policy - page of parameters', () => {
  it('shows each value with since when, who set it, and the document behind it', async () => {
    const { cells } = await shown('zh-CN', '320614')
    expect(cells('township_cap')).to.deep.equal([
      '乡镇审批额度 同一急难累计，超过的由县级决定',
      '¥3,000.00',
      '7月1日 海门区',
      '测试参数 HM-TEST（虚构） HM-TEST〔2026〕1号',
    ])
    expect(cells('dispatch.step_P1_min').slice(1)).to.deep.equal([
      '10 分钟',
      '7月1日 全国默认',
      '产品默认值，无外部依据，由县级确定',
    ])
    expect(cells('quick.publicity')[1]).to.equal('不需要 下级不得改变')
    expect(cells('advance.supplement')[1]).to.equal('5 个工作日')
    expect(cells('callback.try_min')[1]).to.equal('5 分钟、15 分钟、60 分钟')
    expect(cells('imprest.low_water')[1]).to.equal('30%')
  })

  it('shows what a township has of its own, and what nobody set', async () => {
    const township = await shown('zh-CN', '320614105')
    expect(township.cells('village_cap_fen').slice(1, 3)).to.deep.equal(['¥500.00', '7月1日 四甲镇'])
    expect(township.page('[aria-current="page"]').text()).to.equal('四甲镇')
    const county = await shown('zh-CN', '320614')
    expect(county.cells('village_cap_fen').slice(1)).to.deep.equal(['尚未确定', '', ''])
  })

  it('names what is missing before the county can go live', async () => {
    const { page } = await shown('en', '320614', ['township_cap', 'imprest.float_fen'])
    expect(page('.jjn-notice').text()).to.include('Township limit, Reserve fund')
    const ready = await shown('en', '320614')
    expect(ready.page('.jjn-notice')).to.have.length(0)
  })

  for (const language of LANGUAGES)
    it(`has words for every parameter and its value in ${language}`, async () => {
      const present = views.presenterFor(language)
      for (const key of PARAMETER_KEYS) {
        const { unit, default: value } = parameterOf(key)
        expect(present.t(`${wordsOfParameter(key)}.name`), key).to.not.equal('')
        if (value !== undefined) expect(valueText(present, key, unit, value), key).to.not.match(/undefined|object/)
      }
      expect((await shown(language, '320614')).page('h1').text()).to.not.equal('')
    })

  it('speaks English in the singular', () => {
    const present = views.presenterFor('en')
    expect(valueText(present, 'dispatch.ack_P3_wd', 'wd', 1)).to.equal('1 working day')
    expect(valueText(present, 'township_cap', 'cap', { months: 4 })).to.equal('4 months of the base standard')
  })
})
