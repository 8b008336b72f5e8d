import { expect } from 'chai'
import fc from 'fast-check'
import { DEMO_POLICIES } from '../../scripts/demo/policies.ts'
import {
  ackRule,
  conveneRule,
  directCashCapFen,
  lowWaterFen,
  quickCapFen,
  ruleOf,
  spanOfRule,
  stepRule,
  townshipCapFen,
  villageCapFen,
} from '../../src/policy/index.ts'
import type { Policy } from '../../src/policy/index.ts'
import { nationalDefaults } from '../../src/policy/national-defaults.ts'
import { parameterOf } from '../../src/policy/parameters/index.ts'
import { publishedHolidays } from '../../src/policy/published-holidays.ts'
import { workingCalendar } from '../../src/policy/working-calendar.ts'
import { indexValues, policyFrom } from '../../src/policy/policy.ts'
import type { NewPolicyValue, PolicyValue } from '../../src/policy/policy-value.ts'
import { staysWithin } from '../../src/policy/policy-value.ts'

const calendar = workingCalendar(publishedHolidays())

function stored(value: NewPolicyValue, n: number): PolicyValue {
  const recordedAt = new Date('2026-07-01T00:00:00+08:00')
  const county = value.scope.slice(0, 6)
  return { ...value, _id: String(n), county, unit: parameterOf(value.key).unit, recordedAt, recordedBy: 'test' }
}

function demoPolicy(unit: string, more: readonly NewPolicyValue[] = []): Policy {
  const values = [...DEMO_POLICIES.flatMap((demo) => demo.values), ...more].map(stored)
  return policyFrom(
    indexValues([...nationalDefaults(), ...values]),
    calendar,
    unit,
    new Date('2026-12-02T02:50:00+08:00'),
  )
}

describe('Policy - time limits', () => {
  const limits = [
    ['dispatch.ack_P0_min', { n: 15, unit: 'MIN' }],
    ['dispatch.ack_P2_h', { n: 4, unit: 'H' }],
    ['dispatch.ack_P3_wd', { n: 1, unit: 'WD' }],
    ['quick.total_days', { n: 72, unit: 'H' }],
    ['advance.decide', { n: 24, unit: 'H' }],
    ['advance.supplement', { n: 5, unit: 'WD' }],
    ['advance.auto_end_days', { n: 7, unit: 'CD' }],
    ['expend.publicity_days', { n: 5, unit: 'CD' }],
    ['conference.convene_other_wd', { n: 3, unit: 'WD' }],
  ] as const

  for (const [key, span] of limits)
    it(`${key} is ${span.n} ${span.unit} in HM-TEST, with its source`, () => {
      const rule = ruleOf(demoPolicy('320614103'), key)
      expect(rule.key).to.equal(key)
      expect(spanOfRule(rule)).to.deep.equal(span)
      expect(rule.sourceTitle).to.be.a('string').and.not.equal('')
    })

  it('the urgency grades have clocks of their own', () => {
    const policy = demoPolicy('320614103')
    const spans = (['P0', 'P1', 'P2', 'P3'] as const).map((urgency) =>
      [ackRule, stepRule, conveneRule].map((ruleFor) => spanOfRule(ruleFor(policy, urgency))),
    )
    expect(spans.map((row) => row.map(({ n, unit }) => `${n} ${unit}`).join(', '))).to.deep.equal([
      '15 MIN, 5 MIN, 24 H',
      '30 MIN, 10 MIN, 24 H',
      '4 H, 60 MIN, 3 WD',
      '1 WD, 240 MIN, 3 WD',
    ])
  })

  it('refuses a parameter that is no time', () => {
    expect(() => spanOfRule(ruleOf(demoPolicy('320614'), 'upload.max_mb'))).to.throw(RangeError)
  })
})

describe('Policy - limits', () => {
  const policy = demoPolicy('320614104')

  it('quick aid is one month of the standard per person: a family of four may get 4 × 100000', () => {
    expect(quickCapFen(policy, 4)).to.equal(400_000)
  })

  it('per household it is one month, whoever many they are', () => {
    const source = { id: 'TEST', title: '测试' }
    const perHousehold = {
      scope: '320614',
      key: 'quick.basis',
      value: 'PER_HOUSEHOLD',
      validFrom: '2026-08-01',
      source,
    } as const
    expect(quickCapFen(demoPolicy('320614104', [perHousehold]), 4)).to.equal(100_000)
  })

  it('the township may decide 300000, hand over 100000 in cash, and is low at 30 % of its float', () => {
    expect(townshipCapFen(policy)).to.equal(300_000)
    expect(directCashCapFen(policy)).to.equal(100_000)
    expect(lowWaterFen(policy)).to.equal(1_500_000)
  })

  it('a limit in months follows the base standard', () => {
    const source = { id: 'TEST', title: '测试' }
    const inMonths = {
      scope: '320614',
      key: 'township_cap',
      value: { months: 4 },
      validFrom: '2026-08-01',
      source,
    } as const
    expect(townshipCapFen(demoPolicy('320614104', [inMonths]))).to.equal(400_000)
  })

  it('villages help by themselves in 四甲镇 only', () => {
    expect(villageCapFen(demoPolicy('320614105'))).to.equal(50_000)
    expect(villageCapFen(demoPolicy('320614105007'))).to.equal(50_000)
    expect(villageCapFen(demoPolicy('320614104'))).to.equal(0)
    expect(villageCapFen(demoPolicy('371312104'))).to.equal(0)
  })

  it('an amount that stays within a limit stays within every larger one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (amount, limit, more) => {
        const within = staysWithin({ fen: amount }, { value: { fen: limit }, lock: 'AT_MOST' })
        expect(within).to.equal(amount <= limit)
        if (within) expect(staysWithin({ fen: amount }, { value: { fen: limit + more }, lock: 'AT_MOST' })).to.be.true
      }),
    )
  })
})
