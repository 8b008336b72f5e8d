import { expect } from 'chai'
import { publishedHolidays } from '../../src/policy/published-holidays.ts'
import { workingCalendar } from '../../src/policy/working-calendar.ts'
import { indexValues, policyFrom } from '../../src/policy/policy.ts'
import type { PolicyValue } from '../../src/policy/policy-value.ts'
import type { ParameterKey } from '../../src/policy/index.ts'
import { PARAMETERS } from '../../src/policy/parameters/index.ts'
import { nationalDefaults } from '../../src/policy/national-defaults.ts'

const AT = new Date('2026-12-01T09:00:00+08:00')
const COUNTY = '320614'

const calendar = workingCalendar(publishedHolidays())

let recorded = 0
/** A value of the given scope; the later made, the later recorded. */
function aValue(scope: string, key: ParameterKey, value: unknown, more: Partial<PolicyValue> = {}): PolicyValue {
  recorded += 1
  return {
    _id: String(recorded).padStart(6, '0'),
    county: scope.slice(0, 6),
    scope,
    key,
    value,
    unit: PARAMETERS[key].unit,
    validFrom: '2026-07-01',
    source: { id: 'TEST', title: '测试' },
    recordedAt: new Date(1_700_000_000_000 + recorded),
    recordedBy: 'test',
    ...more,
  }
}

function policyOf(values: readonly PolicyValue[], unit = COUNTY, at = AT) {
  return policyFrom(indexValues([...nationalDefaults(), ...values]), calendar, unit, at)
}

describe('Policy - parameters in force', () => {
  it('the narrowest scope wins: nation, province, prefecture, county, township', () => {
    const key = 'handle.reply_wd'
    const values = [aValue('32', key, 6), aValue('3206', key, 7), aValue('320614', key, 8), aValue('320614103', key, 9)]
    expect(policyOf([], '371312').value(key)).to.equal(5)
    expect(policyOf(values, '371312').value(key)).to.equal(5)
    expect(policyOf(values, '320100').value(key)).to.equal(6)
    expect(policyOf(values, '320682').value(key)).to.equal(7)
    expect(policyOf(values, '320614').value(key)).to.equal(8)
    expect(policyOf(values, '320614-housing').value(key)).to.equal(8)
    expect(policyOf(values, '320614104').value(key)).to.equal(8)
    expect(policyOf(values, '320614103').value(key)).to.equal(9)
    expect(policyOf(values, '320614103005').value(key)).to.equal(9)
  })

  it('says what it is, since when and from which document', () => {
    const source = { id: 'HM', title: '海门区文件', number: '海民〔2026〕9号', date: '2026-06-20' }
    const policy = policyOf([aValue(COUNTY, 'township_cap', { fen: 300_000 }, { source })])
    expect(policy.get('township_cap')).to.deep.equal({
      key: 'township_cap',
      value: { fen: 300_000 },
      unit: 'cap',
      scope: COUNTY,
      validFrom: '2026-07-01',
      source,
    })
  })

  it('refuses to guess a value nobody set', () => {
    expect(() => policyOf([]).get('township_cap'))
      .to.throw()
      .with.property('code', 'policy.missing')
    expect(policyOf([]).find('township_cap')).to.equal(undefined)
  })

  it('lists all that is in force, each once', () => {
    const keys = policyOf([aValue(COUNTY, 'township_cap', { fen: 1 })])
      .all()
      .map(({ key }) => key)
    expect(new Set(keys).size).to.equal(keys.length)
    expect(keys).to.include('township_cap').and.not.include('direct_cash_cap_fen')
  })

  describe('over time', () => {
    const values = [
      aValue(COUNTY, 'handle.reply_wd', 8),
      aValue(COUNTY, 'handle.reply_wd', 9, { validFrom: '2026-12-02', validTo: '2026-12-04' }),
    ]
    const on = (moment: string) => policyOf(values, COUNTY, new Date(moment)).value('handle.reply_wd')

    it('a value holds from 00:00 in China of its first day until 24:00 of its last', () => {
      expect(on('2026-12-01T23:59:59+08:00')).to.equal(8)
      expect(on('2026-12-02T00:00:00+08:00')).to.equal(9)
      expect(on('2026-12-03T23:59:59+08:00')).to.equal(9)
      expect(on('2026-12-04T00:00:00+08:00')).to.equal(8)
    })

    it('nothing holds before its first day', () => {
      expect(() => on('2026-06-30T23:59:59+08:00'))
        .to.throw()
        .with.property('code', 'policy.missing')
    })

    it('a correction for the same day replaces what was recorded before', () => {
      const corrected = [...values, aValue(COUNTY, 'handle.reply_wd', 4)]
      expect(policyOf(corrected).value('handle.reply_wd')).to.equal(4)
      expect(policyOf([...corrected].reverse()).value('handle.reply_wd')).to.equal(4)
    })
  })

  describe('under a lock', () => {
    it('a narrower value may shorten the three days of quick aid, and one that passes them does not count', () => {
      expect(policyOf([aValue(COUNTY, 'quick.total_days', 2)]).value('quick.total_days')).to.equal(2)
      expect(policyOf([aValue(COUNTY, 'quick.total_days', 4)]).value('quick.total_days')).to.equal(3)
    })

    it('a fixed value cannot be changed below', () => {
      expect(policyOf([aValue(COUNTY, 'quick.publicity', true)]).value('quick.publicity')).to.be.false
    })

    it('a county may lock its townships', () => {
      const values = [
        aValue(COUNTY, 'township_cap', { fen: 300_000 }, { lock: 'AT_MOST' }),
        aValue('320614103', 'township_cap', { fen: 200_000 }),
        aValue('320614104', 'township_cap', { fen: 400_000 }),
        aValue('320614105', 'township_cap', { months: 1 }),
      ]
      expect(policyOf(values, '320614103').value('township_cap')).to.deep.equal({ fen: 200_000 })
      expect(policyOf(values, '320614104').value('township_cap')).to.deep.equal({ fen: 300_000 })
      expect(policyOf(values, '320614105').value('township_cap')).to.deep.equal({ fen: 300_000 })
    })

    it('a lower bound holds too, and spans are compared only in the same unit', () => {
      const values = [
        aValue('32', 'advance.supplement', { n: 5, unit: 'WD' }, { lock: 'AT_LEAST' }),
        aValue('320614', 'advance.supplement', { n: 8, unit: 'WD' }),
        aValue('320682', 'advance.supplement', { n: 3, unit: 'WD' }),
        aValue('320623', 'advance.supplement', { n: 30, unit: 'CD' }),
      ]
      expect(policyOf(values, '320614').value('advance.supplement')).to.deep.equal({ n: 8, unit: 'WD' })
      expect(policyOf(values, '320682').value('advance.supplement')).to.deep.equal({ n: 5, unit: 'WD' })
      expect(policyOf(values, '320623').value('advance.supplement')).to.deep.equal({ n: 5, unit: 'WD' })
    })
  })

  for (const text of ['', '3206140', 'housing', '320614103x', '320614103 '])
    it(`refuses "${text}" as a place`, () => {
      expect(() => policyOf([], text)).to.throw(RangeError)
    })
})
