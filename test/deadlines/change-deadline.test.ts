import { expect } from 'chai'
import fc from 'fast-check'
import {
  breached,
  cancelled,
  handedOver,
  met,
  moved,
  paused,
  reminded,
  resumed,
  running,
} from '../../src/deadlines/change-deadline.ts'
import type { Deadline } from '../../src/deadlines/deadline.ts'
import { isDue } from '../../src/deadlines/deadline.ts'
import { publishedHolidays } from '../../src/policy/published-holidays.ts'
import { workingCalendar } from '../../src/policy/working-calendar.ts'

const calendar = workingCalendar(publishedHolidays())
const START = Date.parse('2026-03-02T09:00:00+08:00')
const HOUR_MS = 3_600_000

type Step = 'meet' | 'cancel' | 'fire' | 'move' | 'pause' | 'resume' | 'hand over'

const RULES = {
  MIN: { key: 'dispatch.ack_P1_min', value: 30, unit: 'min', source: 'TEST' },
  WD: { key: 'advance.supplement', value: { n: 5, unit: 'WD' }, unit: 'span', source: 'TEST' },
}

function aClock(unit: keyof typeof RULES, dueInHours: number, remindInHours?: number): Deadline {
  const remindAt = remindInHours === undefined ? {} : { remindAt: new Date(START + remindInHours * HOUR_MS) }
  return running({
    _id: 'a',
    county: '320614',
    subject: 'case:1',
    name: 'advance.supplement',
    state: 'RUNNING',
    isOpen: true,
    unit: '320614103',
    startedAt: new Date(START),
    dueAt: new Date(START + dueInHours * HOUR_MS),
    rule: RULES[unit],
    history: [],
    version: 1,
    ...remindAt,
  })
}

/** What a step does to a clock, where the steps of the domain would allow it. */
function take(clock: Deadline, step: Step, at: Date, hours: number): Deadline {
  const change = { at, staffId: 'C1', reason: 'test' }
  if (!clock.isOpen) return clock
  switch (step) {
    case 'meet':
      return met(clock, at)
    case 'cancel':
      return cancelled(clock, at, 'test')
    case 'fire':
      return isDue(clock, at) ? (clock.dueAt <= at ? breached(clock) : reminded(clock, at)) : clock
    case 'move':
      return moved(clock, new Date(at.getTime() + hours * HOUR_MS), change)
    case 'pause':
      return clock.state === 'RUNNING' ? paused(clock, change) : clock
    case 'resume':
      return clock.state === 'PAUSED' ? resumed(clock, calendar, change) : clock
    case 'hand over':
      return handedOver(clock, '320614104', undefined, change)
  }
}

const walk = fc.array(
  fc.record({
    step: fc.constantFrom<Step>('meet', 'cancel', 'fire', 'fire', 'move', 'pause', 'resume', 'hand over'),
    waitHours: fc.integer({ min: 0, max: 60 }),
    hours: fc.integer({ min: -20, max: 80 }),
  }),
  { maxLength: 15 },
)
const clocks = fc
  .record({
    unit: fc.constantFrom<'MIN' | 'WD'>('MIN', 'WD'),
    due: fc.integer({ min: 2, max: 100 }),
    remind: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
  })
  .map(({ unit, due, remind }) => aClock(unit, due, remind !== undefined && remind < due ? remind : undefined))

describe('Deadlines - changing a clock', () => {
  it('for any sequence of steps: it is looked at only while it runs, and open exactly while it is owed', () => {
    fc.assert(
      fc.property(clocks, walk, (clock, steps) => {
        let now = START
        let after = clock
        for (const { step, waitHours, hours } of steps) {
          now += waitHours * HOUR_MS
          after = take(after, step, new Date(now), hours)
          expect(after.nextAt !== undefined).to.equal(after.state === 'RUNNING')
          expect(after.isOpen).to.equal(
            after.state === 'RUNNING' ||
              after.state === 'PAUSED' ||
              (after.state === 'BREACHED' && !after.metAt && !after.cancelledAt),
          )
          expect(after.state === 'BREACHED').to.equal(after.breachedAt !== undefined)
          if (after.state === 'BREACHED') expect(after.breachedAt).to.deep.equal(after.dueAt)
        }
      }),
    )
  })

  it('for any sequence of steps: no due time that ever held is forgotten', () => {
    fc.assert(
      fc.property(clocks, walk, (clock, steps) => {
        let now = START
        let after = clock
        const held = new Set([clock.dueAt.getTime()])
        for (const { step, waitHours, hours } of steps) {
          now += waitHours * HOUR_MS
          after = take(after, step, new Date(now), hours)
          held.add(after.dueAt.getTime())
        }
        const remembered = new Set([after.dueAt, ...after.history.map(({ dueAt }) => dueAt)].map((at) => at.getTime()))
        expect([...held].filter((at) => !remembered.has(at))).to.deep.equal([])
      }),
    )
  })

  it('a pause never costs time and never gives any: what was left before is left after', () => {
    const hoursIn = fc.integer({ min: 0, max: 90 })
    fc.assert(
      fc.property(clocks, hoursIn, hoursIn, (clock, pauseAfter, pauseFor) => {
        const pausedAt = new Date(START + pauseAfter * HOUR_MS)
        const resumedAt = new Date(pausedAt.getTime() + pauseFor * HOUR_MS)
        fc.pre(pausedAt < clock.dueAt)
        const unit = clock.rule.unit === 'span' ? 'WD' : 'MIN'
        const change = { staffId: 'C1', reason: 'test' }
        const again = resumed(paused(clock, { ...change, at: pausedAt }), calendar, { ...change, at: resumedAt })
        expect(calendar.leftUntil(resumedAt, again.dueAt, unit)).to.deep.equal(
          calendar.leftUntil(pausedAt, clock.dueAt, unit),
        )
        expect(again.dueAt.getTime()).to.be.at.least(resumedAt.getTime())
      }),
    )
  })
})
