import { expect } from 'chai'
import { fireDeadline, fireDue, nextDueAt, sweepDeadlines } from '../../src/deadlines/index.ts'
import type { WakeDeadline } from '../../src/deadlines/index.ts'
import { createPolicies, recordCalendarTable } from '../../src/policy/index.ts'
import { recheckGuessedYears } from '../../src/deadlines/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { byOf } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { DeadlineWorld } from './a-deadline.ts'
import { aDeadlineWorld, anAckClock, aSupplementClock } from './a-deadline.ts'

const at = (moment: string): Date => new Date(`${moment}+08:00`)
const SUBJECT = 'case:025001234567'
const START = '2026-11-28T23:40:10+08:00'

describe('Deadlines - firing', () => {
  let world: DeadlineWorld
  let county: string

  before(async () => {
    world = await aDeadlineWorld(START)
  })

  beforeEach(() => {
    world.clock.set(START)
    county = freshCounty()
  })

  const start = (...clocks: Parameters<DeadlineWorld['deadlines']['startDeadlines']>[1]) =>
    world.inCounty(county, (tx) => world.deadlines.startDeadlines(tx, clocks))
  const typesOf = async (subject = SUBJECT) => (await world.announced(county, subject)).map(({ type }) => type)

  it('a clock is missed at its very instant and not before', async () => {
    await start(anAckClock(SUBJECT, world.clock.now()))
    world.clock.set('2026-11-29T00:10:09.999+08:00')
    expect(await fireDue(world, [county])).to.equal(0)
    world.clock.set('2026-11-29T00:10:10+08:00')
    expect(await fireDue(world, [county])).to.equal(1)
    const [clock] = await world.deadlines.openFor(county, SUBJECT)
    expect(clock).to.deep.include({ state: 'BREACHED', isOpen: true, breachedAt: at('2026-11-29T00:10:10') })
    const [fact] = await world.announced(county, SUBJECT)
    expect(fact).to.have.property('type', 'deadline.breached')
    expect(fact?.data).to.deep.include({
      deadlineId: clock?._id,
      name: 'dispatch.ack',
      subject: SUBJECT,
      unit: '320614103',
      staffId: 'D-常乐',
    })
  })

  it('fires once although twenty try at the same moment', async () => {
    await start(anAckClock(SUBJECT, world.clock.now()))
    world.clock.set('2026-11-29T00:10:10+08:00')
    const [waiting] = await world.deadlineStore.waiting([county], world.clock.now(), 1)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => fireDeadline(world, waiting!)))
    expect(outcomes).to.include('breached')
    expect(await typesOf()).to.deep.equal(['deadline.breached'])
  })

  it('and once when it is fired again later, whole or by its id', async () => {
    const [clock] = await start(anAckClock(SUBJECT, world.clock.now()))
    world.clock.set('2026-11-29T00:10:10+08:00')
    await fireDue(world, [county])
    expect(await fireDue(world, [county])).to.equal(0)
    expect(await fireDeadline(world, clock!)).to.equal('nothing')
    expect(await typesOf()).to.deep.equal(['deadline.breached'])
  })

  it('a wake-up that comes too early does nothing and spoils nothing', async () => {
    const [clock] = await start(anAckClock(SUBJECT, world.clock.now()))
    expect(await fireDeadline(world, clock!)).to.equal('nothing')
    world.clock.set('2026-11-29T00:10:10+08:00')
    expect(await fireDeadline(world, clock!)).to.equal('breached')
  })

  it('either the acknowledgement or the breach wins, never both', async () => {
    for (let round = 0; round < 8; round += 1) {
      world.clock.set(START)
      const subject = `case:round-${round}`
      await start(anAckClock(subject, world.clock.now()))
      world.clock.set('2026-11-29T00:10:10+08:00')
      await Promise.all([
        fireDue(world, [county]),
        world.inCounty(county, (tx) => world.deadlines.meetDeadlines(tx, subject, ['dispatch.ack'])),
      ])
      const [clock] = await world.deadlines.allFor(county, subject)
      const facts = await world.announced(county, subject)
      expect(clock?.isOpen).to.be.false
      expect(facts.at(-1)?.type).to.equal('deadline.met')
      const isLate = clock?.state === 'BREACHED'
      expect(facts.map(({ type }) => type)).to.deep.equal(
        isLate ? ['deadline.breached', 'deadline.met'] : ['deadline.met'],
      )
      expect(facts.at(-1)?.data['onTime']).to.equal(!isLate)
    }
  })

  it('S12: reminded on Friday, missed at midnight of Monday, late for ever when filed on Friday', async () => {
    world.clock.set('2026-11-30T16:00:00+08:00')
    const dueAt = at('2026-12-08T00:00:00')
    await start(aSupplementClock(SUBJECT, world.clock.now(), dueAt, { remindAt: at('2026-12-04T08:00:00') }))
    const outcomes: (readonly string[])[] = []
    for (const moment of ['2026-12-04T07:59', '2026-12-04T08:00', '2026-12-07T23:59', '2026-12-08T00:00']) {
      world.clock.set(`${moment}:00+08:00`)
      await fireDue(world, [county])
      outcomes.push(await typesOf())
    }
    const told = ['deadline.reminded', 'deadline.breached']
    expect(outcomes).to.deep.equal([[], told.slice(0, 1), told.slice(0, 1), told])
    world.clock.set('2026-12-11T10:00:00+08:00')
    await world.inCounty(county, (tx) => world.deadlines.meetDeadlines(tx, SUBJECT, ['advance.supplement']))
    const [clock] = await world.deadlines.allFor(county, SUBJECT)
    expect(clock).to.deep.include({ state: 'BREACHED', isOpen: false, metAt: at('2026-12-11T10:00:00') })
    expect((await world.announced(county, SUBJECT)).at(-1)?.data).to.deep.include({ onTime: false })
  })

  it('after an outage over both moments only the breach is told, with how late it was noticed', async () => {
    world.clock.set('2026-11-30T16:00:00+08:00')
    const dueAt = at('2026-12-08T00:00:00')
    await start(aSupplementClock(SUBJECT, world.clock.now(), dueAt, { remindAt: at('2026-12-04T08:00:00') }))
    world.clock.set('2026-12-08T01:00:00+08:00')
    await fireDue(world, [county])
    const facts = await world.announced(county, SUBJECT)
    expect(facts.map(({ type }) => type)).to.deep.equal(['deadline.breached'])
    expect(facts[0]?.data).to.deep.include({ firedLateS: 3600 })
    const [clock] = await world.deadlines.openFor(county, SUBJECT)
    expect(clock?.breachedAt).to.deep.equal(dueAt)
  })

  it('what is called off, met or paused does not fire', async () => {
    const now = world.clock.now()
    await start(
      anAckClock('case:a', now),
      anAckClock('case:b', now),
      aSupplementClock('case:c', now, at('2026-11-29T00:00:00')),
    )
    await world.inCounty(county, (tx) => world.deadlines.cancelDeadlines(tx, 'case:a', 'withdrawn'))
    await world.inCounty(county, (tx) => world.deadlines.meetDeadlines(tx, 'case:b', ['dispatch.ack']))
    const pause = { reason: 'waits', approvedBy: 'C1' }
    await world.inCounty(county, (tx) => world.deadlines.pauseDeadlines(tx, 'case:c', pause))
    world.clock.set('2027-01-10T00:00:00+08:00')
    expect(await fireDue(world, [county])).to.equal(0)
  })

  it('a missed clock that is moved ahead runs and is missed again', async () => {
    await start(anAckClock(SUBJECT, world.clock.now()))
    world.clock.set('2026-11-29T00:10:10+08:00')
    await fireDue(world, [county])
    const move = { dueAt: at('2026-11-29T01:00:00'), reason: 'start_corrected' }
    await world.inCounty(county, (tx) => world.deadlines.moveDeadlines(tx, SUBJECT, move))
    const [running] = await world.deadlines.openFor(county, SUBJECT)
    expect(running).to.deep.include({ state: 'RUNNING', dueAt: move.dueAt })
    world.clock.set('2026-11-29T01:00:00+08:00')
    await fireDue(world, [county])
    expect(await typesOf()).to.deep.equal(['deadline.breached', 'deadline.moved', 'deadline.breached'])
  })

  it('the clocks of one case fire in the order in which they were due', async () => {
    const now = world.clock.now()
    const names = ['dispatch.step.3', 'dispatch.step.1', 'dispatch.step.2']
    await start(
      ...names.map((name) =>
        anAckClock(SUBJECT, now, { name, dueAt: new Date(now.getTime() + Number(name.at(-1)) * 60_000) }),
      ),
    )
    world.clock.set('2026-11-29T01:00:00+08:00')
    await fireDue(world, [county])
    const fired = (await world.announced(county, SUBJECT)).map(({ data }) => data['name'])
    expect(fired).to.deep.equal([...names].sort())
  })

  it('one clock that cannot be fired does not hold up the others, and is told', async () => {
    const now = world.clock.now()
    await start(...Array.from({ length: 10 }, (_, n) => anAckClock(`case:many-${n}`, now)))
    world.clock.set('2026-11-29T00:10:10+08:00')
    const [bad] = await world.deadlineStore.waiting([county], world.clock.now(), 1)
    const broken = {
      ...world,
      deadlineStore: {
        ...world.deadlineStore,
        find: (...[inCounty, id, session]: Parameters<typeof world.deadlineStore.find>) =>
          id === bad?._id ? Promise.reject(new Error('broken')) : world.deadlineStore.find(inCounty, id, session),
      },
    }
    const outcome = await fireDue(broken, [county]).catch((error: unknown) => String(error))
    expect(outcome).to.equal('Error: broken')
    const left = await world.deadlineStore.waiting([county], world.clock.now(), 100)
    expect(left.map(({ _id }) => _id)).to.deep.equal([bad?._id])
  })

  it('knows the next moment at which something is due', async () => {
    const now = world.clock.now()
    await start(anAckClock(SUBJECT, now), anAckClock(SUBJECT, now, { dueAt: at('2026-12-01T00:00:00') }))
    expect(await nextDueAt(world, [county], at('2026-11-29T00:10:09'))).to.equal(undefined)
    expect(await nextDueAt(world, [county], at('2026-12-31T00:00:00'))).to.deep.equal(at('2026-11-29T00:10:10'))
  })

  describe('the sweep', () => {
    it('asks for a wake-up of what is soon due, and fires what nobody woke', async () => {
      const now = world.clock.now()
      const due = (seconds: number) => new Date(now.getTime() + seconds * 1000)
      await start(anAckClock('case:soon', now, { dueAt: due(5) }), anAckClock('case:far', now, { dueAt: due(60) }))
      const asked: [WakeDeadline, number][] = []
      const services = {
        ...world,
        wakeDeadline: (job: WakeDeadline, delayMs: number) => Promise.resolve(void asked.push([job, delayMs])),
        log: { warn: () => undefined, error: () => undefined },
      }
      await sweepDeadlines(services, [county])
      expect(asked.map(([, delayMs]) => delayMs)).to.deep.equal([5_000])
      expect(await typesOf('case:soon')).to.deep.equal([])

      world.clock.set(due(8).toISOString())
      await sweepDeadlines(services, [county])
      expect(await typesOf('case:soon')).to.deep.equal(['deadline.breached'])
      expect(await typesOf('case:far')).to.deep.equal([])
    })

    it('fires without a queue', async () => {
      await start(anAckClock(SUBJECT, world.clock.now()))
      const warned: string[] = []
      const services = {
        ...world,
        wakeDeadline: () => Promise.reject(new Error('Redis is away')),
        log: { warn: (_details: object, message: string) => void warned.push(message), error: () => undefined },
      }
      world.clock.set('2026-11-29T00:10:09+08:00')
      await sweepDeadlines(services, [county])
      world.clock.set('2026-11-29T00:10:13+08:00')
      await sweepDeadlines(services, [county])
      expect(await typesOf()).to.deep.equal(['deadline.breached'])
      expect(warned).to.have.length(1)
    })
  })

  describe('a year without a holiday table', () => {
    const source = { id: 'TEST', title: '测试放假通知' }

    it('alarms the county once, and recalculates when the table comes', async () => {
      world.clock.set('2026-12-21T11:00:00+08:00')
      const startedAt = world.clock.now()
      const rule = { key: 'expend.county_wd', value: 10, unit: 'wd', source: 'CHUXIONG_2021' }
      await start(anAckClock(SUBJECT, startedAt, { name: 'expend.county', rule, dueAt: at('2027-01-05T00:00:00') }))
      const errors: object[] = []
      const log = { error: (details: object) => void errors.push(details) }
      expect(await recheckGuessedYears({ ...world, log }, county)).to.equal(0)
      expect(await recheckGuessedYears({ ...world, log }, county)).to.equal(0)
      const alarms = await world.announced(county, `policy:${county}`)
      expect(alarms.map(({ type, data }) => [type, data['year']])).to.deep.equal([['calendar.year_missing', 2027]])
      expect(errors).to.deep.equal([{ county, year: 2027, deadlines: 1 }])

      const table = { county, year: 2027, holidays: ['2027-01-01'], workdays: [], isWholeYear: true, source }
      await recordCalendarTable(world, table, byOf(systemActor(county)))
      const { calendar } = createPolicies(world.policyStore)
      expect(await recheckGuessedYears({ ...world, calendar, log }, county)).to.equal(1)
      const [clock] = await world.deadlines.openFor(county, SUBJECT)
      expect(clock?.dueAt).to.deep.equal(at('2027-01-06T00:00:00'))
      expect(clock?.history[0]).to.deep.include({ reason: 'calendar_recorded', dueAt: at('2027-01-05T00:00:00') })
      expect(clock).not.to.have.property('unknownYears')
      expect(await recheckGuessedYears({ ...world, calendar, log }, county)).to.equal(0)
    })
  })
})
