import type { NewPolicyValue, PolicyStore, Source } from '../../src/policy/index.ts'
import { installNationalDefaults, recordPolicyValues } from '../../src/policy/index.ts'
import type { InTransaction } from '../../src/journal/index.ts'
import { systemActor } from '../../src/shared/actor.ts'

/** The demo counties' parameters hold from this day on. Source: scenarios, "Shared fixture". */
const VALID_FROM = '2026-07-01'

/** A demo county with its parameters, all sums fictional. */
export interface DemoPolicy {
  readonly county: string
  readonly profile: string
  readonly values: readonly NewPolicyValue[]
}

const COUNTY_VALUES = {
  base_standard_fen: 100_000,
  'quick.cap_months': 1,
  'quick.basis': 'PER_PERSON',
  'quick.total_days': 3,
  township_cap: { fen: 300_000 },
  direct_cash_cap_fen: 100_000,
  'village.enabled': false,
  'dispatch.ack_P0_min': 15,
  'dispatch.ack_P1_min': 30,
  'advance.decide': { n: 24, unit: 'H' },
  'advance.supplement': { n: 5, unit: 'WD' },
  'advance.supplement_anchor': 'EMERGENCY_ENDED',
  'expend.cap_months_per_person': 4,
  'expend.publicity_days': 5,
  'conference.convene_P0P1_h': 24,
  'conference.convene_other_wd': 3,
  'imprest.float_fen': 5_000_000,
  'imprest.low_water': 0.3,
} as const satisfies Partial<Record<NewPolicyValue['key'], unknown>>

/** Village aid is on in one township of the first county only. */
const VILLAGE_VALUES = { 'village.enabled': true, village_cap_fen: 50_000 } as const

/** Profiles HM-TEST (海门区, village aid in 四甲镇) and HD-TEST (河东区, without). */
export const DEMO_POLICIES: readonly DemoPolicy[] = [
  {
    county: '320614',
    profile: 'HM-TEST',
    values: [...valuesOf('HM-TEST', '320614', COUNTY_VALUES), ...valuesOf('HM-TEST', '320614105', VILLAGE_VALUES)],
  },
  { county: '371312', profile: 'HD-TEST', values: valuesOf('HD-TEST', '371312', COUNTY_VALUES) },
]

export interface SeedPoliciesServices {
  readonly policyStore: PolicyStore
  readonly inTransaction: InTransaction
}

/**
 * Installs the national defaults and the demo counties' parameters; running it again changes nothing.
 *
 * @param counties - which demo counties; all by default
 */
export async function seedDemoPolicies(
  services: SeedPoliciesServices,
  counties: readonly string[] = DEMO_POLICIES.map(({ county }) => county),
): Promise<void> {
  await installNationalDefaults(services)
  for (const { county, profile, values } of DEMO_POLICIES.filter((demo) => counties.includes(demo.county)))
    for (const scope of new Set(values.map((value) => value.scope))) {
      const key = `seed/policy/${profile}/${scope}`
      const ofScope = values.filter((value) => value.scope === scope)
      await recordPolicyValues(services, ofScope, { actor: systemActor(county), key, bodyHash: key })
    }
}

function valuesOf(
  profile: string,
  scope: string,
  values: Readonly<Partial<Record<NewPolicyValue['key'], unknown>>>,
): NewPolicyValue[] {
  const source: Source = {
    id: profile,
    title: `测试参数 ${profile}（虚构）`,
    number: `${profile}〔2026〕1号`,
    date: '2026-06-20',
  }
  return Object.entries(values).map(([key, value]) => ({
    scope,
    key: key as NewPolicyValue['key'],
    value,
    validFrom: VALID_FROM,
    source,
  }))
}
