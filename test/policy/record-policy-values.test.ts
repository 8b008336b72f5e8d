import { expect } from 'chai'
import type { InTransaction } from '../../src/journal/index.ts'
import { createInTransaction, createJournalReader } from '../../src/journal/index.ts'
import type { NewPolicyValue, Policies, PolicyStore } from '../../src/policy/index.ts'
import type { Calendars, ParameterKey } from '../../src/policy/index.ts'
import {
  createPolicies,
  createPolicyStore,
  installNationalDefaults,
  missingForGoLive,
  policyAt,
  policyModels,
  recordCalendarTable,
  recordPolicyValues,
  requireReadyForGoLive,
  workingDays,
} from '../../src/policy/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { anActor, byOf } from '../support/actors.ts'
import { eventually, freshCounty, testStores } from '../support/database.ts'

const AT = new Date('2026-12-01T09:00:00+08:00')
const source = { id: 'TEST', title: '测试文件', number: '测〔2026〕1号', date: '2026-06-20' }

describe('Policy - record values', () => {
  let services: { policyStore: PolicyStore; policies: Policies; calendar: Calendars; inTransaction: InTransaction }
  let readStream: (county: string, stream: string) => Promise<readonly { type: string; data: object }[]>

  before(async () => {
    const { connection } = await testStores(policyModels)
    const policyStore = createPolicyStore(connection)
    const inTransaction = createInTransaction({ connection, clock: { now: () => AT }, wake: () => undefined })
    services = { policyStore, inTransaction, ...createPolicies(policyStore) }
    const journal = createJournalReader(connection)
    readStream = (county, stream) => journal.stream(county, stream)
    await installNationalDefaults(services)
  })

  const value = (scope: string, key: ParameterKey, content: unknown, validFrom = '2026-07-01'): NewPolicyValue => ({
    scope,
    key,
    value: content,
    validFrom,
    source,
  })

  const refusal = (county: string, values: readonly NewPolicyValue[], actor = systemActor(county)): Promise<string> =>
    recordPolicyValues(services, values, byOf(actor)).then(
      () => 'recorded',
      (error: unknown) => (error as { code: string }).code,
    )

  it('installs the national defaults once', async () => {
    expect(await installNationalDefaults(services)).to.equal(0)
    const policy = await policyAt(services, { scope: '999999', at: AT })
    expect(policy.value('dispatch.ack_P0_min')).to.equal(15)
  })

  it('a recorded value is in force for the county within two seconds, and the journal names it', async () => {
    const county = freshCounty()
    const township = `${county}103`
    expect((await policyAt(services, { scope: township, at: AT })).find('township_cap')).to.equal(undefined)
    const recorded = await recordPolicyValues(
      services,
      [value(county, 'township_cap', { fen: 300_000 })],
      byOf(anActor(county, 'county_civil')),
    )
    expect(recorded).to.deep.equal({ recorded: 1 })
    const startedAt = performance.now()
    await eventually('the new value', async () =>
      (await policyAt(services, { scope: township, at: AT })).find('township_cap'),
    )
    expect(performance.now() - startedAt).to.be.below(2_000)
    const [line] = await readStream(county, `policy:${county}`)
    expect(line).to.deep.include({ type: 'policy.recorded' })
    expect(line?.data).to.deep.include({ keys: ['township_cap'], sources: ['TEST'] })
  })

  it('asks the database once for a thousand questions', async () => {
    const county = freshCounty()
    let asked = 0
    const counted: PolicyStore = {
      ...services.policyStore,
      versionOf: (owners) => {
        asked += 1
        return services.policyStore.versionOf(owners)
      },
    }
    const { policies } = createPolicies(counted)
    await Promise.all(Array.from({ length: 1_000 }, () => policies.at({ scope: `${county}101`, at: AT })))
    expect(asked).to.equal(1)
  })

  it('asks again after the database was away', async () => {
    const county = freshCounty()
    let isAway = true
    const { policies } = createPolicies({
      ...services.policyStore,
      versionOf: (owners) => (isAway ? Promise.reject(new Error('away')) : services.policyStore.versionOf(owners)),
    })
    const answer = () =>
      policies.at({ scope: county, at: AT }).then(
        (policy) => policy.value('hotline.answer_s'),
        () => 'away',
      )
    expect(await answer()).to.equal('away')
    isAway = false
    expect(await answer()).to.equal(15)
  })

  it('refuses what is no value, no day, no parameter, or of two scopes', async () => {
    const county = freshCounty()
    expect(await refusal(county, [value(county, 'township_cap', { fen: -1 })])).to.equal('policy.bad_value')
    expect(await refusal(county, [value(county, 'township_cap', { fen: 1.5 })])).to.equal('policy.bad_value')
    expect(await refusal(county, [value(county, 'advance.decide', { n: 0, unit: 'H' })])).to.equal('policy.bad_value')
    expect(await refusal(county, [value(county, 'quick.basis', 'PER_VILLAGE')])).to.equal('policy.bad_value')
    expect(await refusal(county, [value(county, 'handle.reply_wd', 5, '2026-13-01')])).to.equal('policy.bad_day')
    expect(await refusal(county, [{ ...value(county, 'handle.reply_wd', 5), validTo: '2026-07-01' }])).to.equal(
      'policy.bad_day',
    )
    expect(await refusal(county, [value(county, 'no.such' as ParameterKey, 5)])).to.equal('policy.unknown_key')
    const two = [value(county, 'handle.reply_wd', 5), value(`${county}101`, 'handle.reply_wd', 5)]
    expect(await refusal(county, two)).to.equal('policy.mixed_scopes')
  })

  it('refuses to pass a lock from above', async () => {
    const county = freshCounty()
    expect(await refusal(county, [value(county, 'quick.total_days', 4)])).to.equal('policy.locked')
    expect(await refusal(county, [value(county, 'quick.means_check', true)])).to.equal('policy.locked')
    expect(await refusal(county, [value(county, 'quick.total_days', 2)])).to.equal('recorded')
  })

  it('only county civil affairs record, and only for their own county', async () => {
    const county = freshCounty()
    const values = [value(county, 'handle.reply_wd', 4)]
    expect(await refusal(county, values, anActor(county, 'duty_officer', `${county}101`))).to.equal('policy.forbidden')
    expect(await refusal(county, values, anActor(freshCounty(), 'county_civil'))).to.equal('policy.forbidden')
    expect(await refusal(county, [value('CN', 'handle.reply_wd', 4)], anActor(county, 'county_civil'))).to.equal(
      'policy.forbidden',
    )
    expect(await refusal(county, values, anActor(county, 'county_civil'))).to.equal('recorded')
  })

  it('a county without its money parameters cannot go live and is told which are missing', async () => {
    const county = freshCounty()
    const required = [
      'base_standard_fen',
      'township_cap',
      'direct_cash_cap_fen',
      'expend.cap_months_per_person',
      'imprest.float_fen',
    ]
    expect(await missingForGoLive(services, county, AT)).to.have.members(required)
    const refused = await requireReadyForGoLive(services, county, AT).catch((error: unknown) => error)
    expect(refused).to.have.property('code', 'policy.not_ready')
    await recordPolicyValues(
      services,
      [
        value(county, 'base_standard_fen', 100_000),
        value(county, 'township_cap', { months: 3 }),
        value(county, 'direct_cash_cap_fen', 100_000),
        value(county, 'expend.cap_months_per_person', 4),
      ],
      byOf(systemActor(county)),
    )
    await recordPolicyValues(services, [value(`${county}105`, 'village.enabled', true)], byOf(systemActor(county)))
    const fresh = createPolicies(services.policyStore)
    expect(await missingForGoLive(fresh, county, AT)).to.deep.equal(['imprest.float_fen', 'village_cap_fen'])
    await recordPolicyValues(services, [value(`${county}105`, 'village_cap_fen', 50_000)], byOf(systemActor(county)))
    await recordPolicyValues(services, [value(county, 'imprest.float_fen', 5_000_000)], byOf(systemActor(county)))
    expect(await missingForGoLive(createPolicies(services.policyStore), county, AT)).to.deep.equal([])
  })

  it('a recorded year changes the county’s working days, and only there', async () => {
    const county = freshCounty()
    const table = { county, year: 2027, holidays: ['2027-01-01'], workdays: [], isWholeYear: true, source }
    const before = await services.calendar.of(county)
    const from = new Date('2026-12-21T11:00:00+08:00')
    expect(before.addTo(from, workingDays(10)).toISOString()).to.equal('2027-01-04T16:00:00.000Z')
    await recordCalendarTable(services, table, byOf(anActor(county, 'county_civil')))
    const { calendar } = createPolicies(services.policyStore)
    expect((await calendar.of(`${county}101`)).addTo(from, workingDays(10)).toISOString()).to.equal(
      '2027-01-05T16:00:00.000Z',
    )
    expect((await calendar.of(county)).unknownYears(from, new Date('2027-01-05T00:00:00+08:00'))).to.deep.equal([])
    expect((await calendar.of(freshCounty())).isWorkingDay('2027-01-01')).to.be.true
    const bad = { ...table, workdays: ['2027-01-01'] }
    const refused = await recordCalendarTable(services, bad, byOf(anActor(county, 'county_civil'))).catch(
      (error: unknown) => error,
    )
    expect(refused).to.have.property('code', 'policy.bad_day')
  })
})
