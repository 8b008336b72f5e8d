import { expect } from 'chai'
import fc from 'fast-check'
import type { WeeklyPattern } from '../../src/directory/weekly-pattern.ts'
import { isInPattern, patternStretches } from '../../src/directory/weekly-pattern.ts'

const NIGHTS: WeeklyPattern = { days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '08:00' }

describe('Directory - weekly pattern', () => {
  it('counts a night that began yesterday', () => {
    const saturdayNight: WeeklyPattern = { days: [6], from: '20:00', to: '08:00' }
    expect(isInPattern(saturdayNight, new Date('2026-11-28T23:40:00+08:00'))).to.equal(true)
    expect(isInPattern(saturdayNight, new Date('2026-11-29T07:59:59+08:00'))).to.equal(true)
    expect(isInPattern(saturdayNight, new Date('2026-11-29T08:00:00+08:00'))).to.equal(false)
    expect(isInPattern(saturdayNight, new Date('2026-11-28T07:00:00+08:00'))).to.equal(false)
  })

  it('lets a night that begins on Sunday reach into Monday', () => {
    const sunday: WeeklyPattern = { days: [7], from: '20:00', to: '08:00' }
    expect(isInPattern(sunday, new Date('2026-11-30T07:00:00+08:00'))).to.equal(true)
  })

  it('takes 00:00 to 24:00 as the whole day and nothing of the next', () => {
    const monday: WeeklyPattern = { days: [1], from: '00:00', to: '24:00' }
    expect(isInPattern(monday, new Date('2026-11-30T00:00:00+08:00'))).to.equal(true)
    expect(isInPattern(monday, new Date('2026-11-30T23:59:59.999+08:00'))).to.equal(true)
    expect(isInPattern(monday, new Date('2026-12-01T00:00:00+08:00'))).to.equal(false)
  })

  it('counts days as China does, whatever the machine thinks', () => {
    const monday: WeeklyPattern = { days: [1], from: '00:00', to: '08:00' }
    expect(isInPattern(monday, new Date('2026-11-29T16:00:00Z'))).to.equal(true)
    expect(isInPattern(monday, new Date('2026-11-29T15:59:59Z'))).to.equal(false)
  })

  it('cuts stretches to the span that was asked for', () => {
    const span = { from: new Date('2026-11-28T23:00:00+08:00'), to: new Date('2026-11-29T21:00:00+08:00') }
    expect(patternStretches(NIGHTS, span)).to.deep.equal([
      { from: span.from, to: new Date('2026-11-29T08:00:00+08:00') },
      { from: new Date('2026-11-29T20:00:00+08:00'), to: span.to },
    ])
  })

  it('has a moment in a stretch exactly when the moment is in the pattern', () => {
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
    const start = new Date('2026-11-23T00:00:00+08:00').getTime()
    fc.assert(
      fc.property(days, time, time, fc.integer({ min: 0, max: 14 * 86_400 }), (chosen, from, to, second) => {
        fc.pre(from !== to)
        const pattern = { days: chosen, from, to }
        const at = new Date(start + second * 1000)
        const span = { from: new Date(start - 86_400_000), to: new Date(start + 15 * 86_400_000) }
        const inside = patternStretches(pattern, span).some((s) => s.from <= at && at < s.to)
        expect(inside).to.equal(isInPattern(pattern, at))
      }),
    )
  })
})
