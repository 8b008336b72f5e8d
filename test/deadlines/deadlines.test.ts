import { expect } from 'chai'
import { clockOfRule } from '../../src/deadlines/index.ts'
import { installNationalDefaults, policyAt } from '../../src/policy/index.ts'
import { freshCounty } from '../support/database.ts'
import type { DeadlineWorld } from './a-deadline.ts'
import { aDeadlineWorld, anAckClock, aSupplementClock } from './a-deadline.ts'

const at = (moment: string): Date => new Date(`${moment}+08:00`)
const SUBJECT = 'case:025001234567'

describe('Deadlines - steps on the clocks of a case', () => {
  let world: DeadlineWorld
  let county: string

  before(async () => {
    world = await aDeadlineWorld('2026-11-28T23:40:10+08:00')
    await installNationalDefaults(world)
  })

  beforeEach(() => {
    world.clock.set('2026-11-28T23:40:10+08:00')
    county = freshCounty()
  })

  const start = (...clocks: Parameters<DeadlineWorld['deadlines']['startDeadlines']>[1]) =>
    world.inCounty(county, (tx) => world.deadlines.startDeadlines(tx, clocks))

  const dueTimes = async () => (await world.deadlines.openFor(county, SUBJECT)).map(({ dueAt }) => dueAt)

  describe('starting', () => {
    it('shows all clocks of the case, the nearest first, and writes no journal line', async () => {
      const now = world.clock.now()
      await start(
        anAckClock(SUBJECT, now, { name: 'quick.total', dueAt: at('2026-12-01T23:40:10') }),
        anAckClock(SUBJECT, now),
        anAckClock('case:other', now),
      )
      expect(await dueTimes()).to.deep.equal([at('2026-11-29T00:10:10'), at('2026-12-01T23:40:10')])
      expect(await world.announced(county, SUBJECT)).to.deep.equal([])
    })

    it('says which clock matters first, per case', async () => {
      const now = world.clock.now()
      await start(
        anAckClock(SUBJECT, now, { dueAt: at('2026-12-01T00:00:00'), name: 'quick.total' }),
        anAckClock(SUBJECT, now),
        anAckClock('case:other', now, { name: 'advance.decide' }),
      )
      const nearest = await world.deadlines.nearestFor(county, [SUBJECT, 'case:other', 'case:none'])
      expect([...nearest].map(([subject, { name }]) => `${subject} ${name}`)).to.have.members([
        `${SUBJECT} dispatch.ack`,
        'case:other advance.decide',
      ])
    })

    it('starts nothing when the transaction is refused', async () => {
      const refused = world.inCounty(county, async (tx) => {
        await world.deadlines.startDeadline(tx, anAckClock(SUBJECT, tx.at))
        throw new Error('refused')
      })
      expect(await refused.catch((error: unknown) => String(error))).to.equal('Error: refused')
      expect(await dueTimes()).to.deep.equal([])
    })

    it('a clock by rule knows its due time, its reminder and its source', async () => {
      const policy = await policyAt(world, { scope: `${county}103`, at: world.clock.now() })
      const owed = { subject: SUBJECT, name: 'advance.supplement', unit: `${county}103` }
      const from = at('2026-11-30T16:00:00')
      const clock = clockOfRule(policy, { ...owed, key: 'advance.supplement', from, remindWorkingDays: 1 })
      expect(clock.dueAt).to.deep.equal(at('2026-12-08T00:00:00'))
      expect(clock.remindAt).to.deep.equal(at('2026-12-04T08:00:00'))
      expect(clock.rule).to.deep.include({ key: 'advance.supplement', source: 'ZOUPING_2018', scope: 'CN' })
    })

    it('leaves out a reminder that would come before the start', async () => {
      const now = world.clock.now()
      const [clock] = await start(anAckClock(SUBJECT, now, { remindAt: at('2026-11-28T08:00:00') }))
      expect(clock).to.have.property('nextAt').deep.equal(at('2026-11-29T00:10:10'))
      expect(clock).not.to.have.property('remindAt')
    })
  })

  describe('meeting', () => {
    it('ends the clock in time, also a step of it, and tells what is left', async () => {
      const now = world.clock.now()
      const quick = at('2026-12-01T23:40:10')
      await start(
        anAckClock(SUBJECT, now),
        anAckClock(SUBJECT, now, { name: 'dispatch.step.2' }),
        anAckClock(SUBJECT, now, { name: 'quick.total', dueAt: quick }),
      )
      world.clock.set('2026-11-28T23:52:00+08:00')
      const names = ['dispatch.ack', 'dispatch.step']
      const left = await world.inCounty(county, (tx) => world.deadlines.meetDeadlines(tx, SUBJECT, names))
      expect(left.nearestDueAt).to.deep.equal(quick)
      expect(await dueTimes()).to.deep.equal([quick])
      const facts = await world.announced(county, SUBJECT)
      expect(facts.map(({ type, data }) => [type, data['name'], data['onTime']])).to.have.deep.members([
        ['deadline.met', 'dispatch.ack', true],
        ['deadline.met', 'dispatch.step.2', true],
      ])
      const all = await world.deadlines.allFor(county, SUBJECT)
      expect(all.map(({ state }) => state)).to.have.members(['MET', 'MET', 'RUNNING'])
      expect(all.find(({ name }) => name === 'dispatch.ack')?.metAt).to.deep.equal(at('2026-11-28T23:52:00'))
    })

    it('of several clocks of one name ends the one that is meant', async () => {
      const now = world.clock.now()
      const supplement = (about: string) => aSupplementClock(SUBJECT, now, at('2026-12-05T00:00:00'), { about })
      await start(supplement('decision:1'), supplement('decision:2'))
      await world.inCounty(county, (tx) =>
        world.deadlines.meetDeadlines(tx, SUBJECT, ['advance.supplement'], 'decision:2'),
      )
      const open = await world.deadlines.openFor(county, SUBJECT)
      expect(open.map(({ about }) => about)).to.deep.equal(['decision:1'])
    })

    it('leaves the clocks of another county alone', async () => {
      await start(anAckClock(SUBJECT, world.clock.now()))
      const other = freshCounty()
      const left = await world.inCounty(other, (tx) => world.deadlines.meetDeadlines(tx, SUBJECT, ['dispatch.ack']))
      expect(left.changed).to.deep.equal([])
      expect(await dueTimes()).to.have.length(1)
    })
  })

  it('cancelling ends what is owed and keeps it on record', async () => {
    await start(anAckClock(SUBJECT, world.clock.now()))
    const left = await world.inCounty(county, (tx) => world.deadlines.cancelDeadlines(tx, SUBJECT, 'transferred'))
    expect(left.nearestDueAt).to.equal(undefined)
    const [clock] = await world.deadlines.allFor(county, SUBJECT)
    expect(clock).to.deep.include({ state: 'CANCELLED', isOpen: false, cancelReason: 'transferred' })
    expect(clock).not.to.have.property('nextAt')
  })

  it('handing over changes who owes it and not when', async () => {
    await start(anAckClock(SUBJECT, world.clock.now()))
    const to = { unit: '320614104', reason: 'transferred' }
    await world.inCounty(county, (tx) => world.deadlines.handOverDeadlines(tx, SUBJECT, to))
    const [clock] = await world.deadlines.openFor(county, SUBJECT)
    expect(clock).to.deep.include({ unit: '320614104', dueAt: at('2026-11-29T00:10:10'), state: 'RUNNING' })
    expect(clock).not.to.have.property('staffId')
  })

  it('S05: a corrected end of the emergency moves the clock and keeps the old due time', async () => {
    world.clock.set('2026-12-06T15:00:00+08:00')
    await start(aSupplementClock(SUBJECT, world.clock.now(), at('2026-12-12T00:00:00')))
    world.clock.set('2026-12-09T17:00:00+08:00')
    const startedAt = at('2026-12-09T15:00:00')
    const dueAt = (await world.calendar.of(county)).addTo(startedAt, { n: 5, unit: 'WD' })
    const move = { names: ['advance.supplement'], dueAt, startedAt, reason: 'emergency_end_corrected' }
    const left = await world.inCounty(county, (tx) => world.deadlines.moveDeadlines(tx, SUBJECT, move))
    expect(left.nearestDueAt).to.deep.equal(at('2026-12-17T00:00:00'))
    const [clock] = await world.deadlines.openFor(county, SUBJECT)
    expect(clock?.history).to.have.length(1)
    expect(clock?.history[0]).to.deep.include({ what: 'moved', dueAt: at('2026-12-12T00:00:00') })
    const [fact] = await world.announced(county, SUBJECT)
    expect(fact).to.have.property('type', 'deadline.moved')
    expect(fact?.data).to.deep.include({
      dueAt: '2026-12-16T16:00:00.000Z',
      fromDueAt: '2026-12-11T16:00:00.000Z',
      reason: 'emergency_end_corrected',
    })
  })

  describe('pausing', () => {
    const pause = { names: ['advance.supplement'], reason: 'waits_for_hospital', approvedBy: 'C1' }

    it('gives back the working days that were left', async () => {
      world.clock.set('2026-11-30T16:00:00+08:00')
      await start(aSupplementClock(SUBJECT, world.clock.now(), at('2026-12-08T00:00:00')))
      world.clock.set('2026-12-02T10:00:00+08:00')
      const still = await world.inCounty(county, (tx) => world.deadlines.pauseDeadlines(tx, SUBJECT, pause))
      expect(still.nearestDueAt).to.equal(undefined)
      world.clock.set('2026-12-10T09:00:00+08:00')
      await world.inCounty(county, (tx) => world.deadlines.resumeDeadlines(tx, SUBJECT, pause))
      expect(await dueTimes()).to.deep.equal([at('2026-12-16T00:00:00')])
      const types = (await world.announced(county, SUBJECT)).map(({ type }) => type)
      expect(types).to.deep.equal(['deadline.paused', 'deadline.resumed'])
    })

    it('gives back the minutes that were left', async () => {
      await start(anAckClock(SUBJECT, world.clock.now()))
      const ack = { ...pause, names: ['dispatch.ack'] }
      world.clock.set('2026-11-28T23:50:10+08:00')
      await world.inCounty(county, (tx) => world.deadlines.pauseDeadlines(tx, SUBJECT, ack))
      world.clock.set('2026-11-29T08:00:00+08:00')
      await world.inCounty(county, (tx) => world.deadlines.resumeDeadlines(tx, SUBJECT, ack))
      expect(await dueTimes()).to.deep.equal([at('2026-11-29T08:20:00')])
    })

    it('refuses where nothing runs, and where nothing is paused', async () => {
      const codeOf = (promise: Promise<unknown>) =>
        promise.then(
          () => 'done',
          (error: unknown) => (error as { code: string }).code,
        )
      expect(await codeOf(world.inCounty(county, (tx) => world.deadlines.pauseDeadlines(tx, SUBJECT, pause)))).to.equal(
        'deadline.not_running',
      )
      await start(anAckClock(SUBJECT, world.clock.now()))
      const ack = { ...pause, names: ['dispatch.ack'] }
      expect(await codeOf(world.inCounty(county, (tx) => world.deadlines.resumeDeadlines(tx, SUBJECT, ack)))).to.equal(
        'deadline.not_paused',
      )
    })
  })
})
