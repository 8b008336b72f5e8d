import { expect } from 'chai'
import fc from 'fast-check'
import { calendarDays, hours, minutes, workingDays } from '../../src/policy/span.ts'
import { publishedHolidays } from '../../src/policy/published-holidays.ts'
import type { DayTable } from '../../src/policy/working-calendar.ts'
import { workingCalendar } from '../../src/policy/working-calendar.ts'

const with2027 = (holidays: readonly string[]): DayTable[] => [
  ...publishedHolidays(),
  { year: 2027, holidays, workdays: [], isWholeYear: true },
]
const newYearOff = workingCalendar(with2027(['2027-01-01']))
const newYearWorked = workingCalendar(with2027([]))
const calendar = newYearOff
const DAY_MS = 86_400_000

describe('Policy - working calendar', () => {
  const due = [
    ['S01 supplement', '2026-11-29T10:30:00+08:00', workingDays(5), '2026-12-05T00:00:00+08:00'],
    ['S02 quick aid limit', '2026-12-02T02:50:00+08:00', hours(72), '2026-12-05T02:50:00+08:00'],
    ['S02 supplement', '2026-12-03T12:00:00+08:00', workingDays(5), '2026-12-11T00:00:00+08:00'],
    ['S05 supplement', '2026-12-06T15:00:00+08:00', workingDays(5), '2026-12-12T00:00:00+08:00'],
    ['S05 supplement corrected', '2026-12-09T15:00:00+08:00', workingDays(5), '2026-12-17T00:00:00+08:00'],
    ['S07 township opinion', '2026-12-01T09:00:00+08:00', workingDays(10), '2026-12-16T00:00:00+08:00'],
    ['S07 publicity', '2026-12-15T16:00:00+08:00', calendarDays(5), '2026-12-21T00:00:00+08:00'],
    ['S07 county, 1 January off', '2026-12-21T11:00:00+08:00', workingDays(10), '2027-01-06T00:00:00+08:00'],
    ['S08 convening', '2026-12-09T10:00:00+08:00', workingDays(3), '2026-12-15T00:00:00+08:00'],
    ['S12 supplement', '2026-11-30T16:00:00+08:00', workingDays(5), '2026-12-08T00:00:00+08:00'],
    ['S01 acknowledgement', '2026-11-28T23:40:10+08:00', minutes(30), '2026-11-29T00:10:10+08:00'],
    ['start at 23:59 of a day', '2026-11-30T23:59:59+08:00', workingDays(1), '2026-12-02T00:00:00+08:00'],
    ['start at 00:00 of a day', '2026-12-01T00:00:00+08:00', workingDays(1), '2026-12-03T00:00:00+08:00'],
    ['a make-up Saturday counts', '2026-05-08T10:00:00+08:00', workingDays(1), '2026-05-10T00:00:00+08:00'],
    ['the Spring Festival does not', '2026-02-13T10:00:00+08:00', workingDays(2), '2026-02-25T00:00:00+08:00'],
  ] as const

  for (const [story, start, span, end] of due) {
    it(`${story}: ${start} and ${span.n} ${span.unit} end at ${end}`, () => {
      expect(calendar.addTo(new Date(start), span)).to.deep.equal(new Date(end))
    })
  }

  it('S07 county, 1 January worked: ends a day earlier', () => {
    const end = newYearWorked.addTo(new Date('2026-12-21T11:00:00+08:00'), workingDays(10))
    expect(end).to.deep.equal(new Date('2027-01-05T00:00:00+08:00'))
  })

  it('S07 instalments move to the working day before', () => {
    expect(calendar.workingDayOnOrBefore('2026-12-28')).to.equal('2026-12-28')
    expect(calendar.workingDayOnOrBefore('2027-01-28')).to.equal('2027-01-28')
    expect(calendar.workingDayOnOrBefore('2027-02-28')).to.equal('2027-02-26')
    expect(calendar.workingDayOnOrBefore('2027-03-28')).to.equal('2027-03-26')
    expect(calendar.workingDayOnOrAfter('2027-02-27')).to.equal('2027-03-01')
  })

  it('S12 is reminded on Friday before and supervised on Thursday after', () => {
    const dueAt = new Date('2026-12-08T00:00:00+08:00')
    expect(calendar.workingDayFromDue(dueAt, -1, 8)).to.deep.equal(new Date('2026-12-04T08:00:00+08:00'))
    expect(calendar.workingDayFromDue(dueAt, 3, 0)).to.deep.equal(new Date('2026-12-10T00:00:00+08:00'))
  })

  describe('a year without a table', () => {
    const withoutTable = workingCalendar(publishedHolidays())
    const start = new Date('2026-12-21T11:00:00+08:00')

    it('is named, and its days are guessed from the weekday', () => {
      expect(withoutTable.unknownYears(start, withoutTable.addTo(start, workingDays(10)))).to.deep.equal([2027])
      expect(withoutTable.isWorkingDay('2027-01-01')).to.be.true
    })

    it('is not named by a deadline that ends at midnight of New Year', () => {
      expect(withoutTable.unknownYears(start, new Date('2027-01-01T00:00:00+08:00'))).to.deep.equal([])
    })

    it('stays unknown when only single days were added', () => {
      const single = { year: 2027, holidays: ['2027-01-01'], workdays: [], isWholeYear: false }
      const partly = workingCalendar([...publishedHolidays(), single])
      expect(partly.unknownYears(start, new Date('2027-01-05T00:00:00+08:00'))).to.deep.equal([2027])
      expect(partly.isWorkingDay('2027-01-01')).to.be.false
    })
  })

  it('lets a later table overrule an earlier one', () => {
    const local = { year: 2026, holidays: ['2026-12-09'], workdays: ['2026-12-12'], isWholeYear: false }
    const county = workingCalendar([...publishedHolidays(), local])
    expect(county.isWorkingDay('2026-12-09')).to.be.false
    expect(county.isWorkingDay('2026-12-12')).to.be.true
  })

  it('refuses a table without any working day instead of searching for ever', () => {
    const days = Array.from({ length: 800 }, (_, n) => new Date(Date.UTC(2027, 0, n + 1)).toISOString().slice(0, 10))
    const never = workingCalendar([{ year: 2027, holidays: days, workdays: [], isWholeYear: true }])
    expect(() => never.workingDayOnOrAfter('2027-01-01')).to.throw(RangeError)
  })

  describe('for any start in 2020 to 2027', () => {
    const moment = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2027-10-01T00:00:00Z'),
      noInvalidDate: true,
    })
    const days = fc.integer({ min: 1, max: 40 })

    it('a day span ends at midnight in China, on or after its calendar days', () => {
      fc.assert(
        fc.property(moment, days, (start, n) => {
          const end = calendar.addTo(start, workingDays(n))
          expect((end.getTime() + 8 * 3_600_000) % DAY_MS).to.equal(0)
          expect(end.getTime()).to.be.at.least(calendar.addTo(start, calendarDays(n)).getTime())
          expect(end.getTime() - start.getTime()).to.be.greaterThan(n * DAY_MS - DAY_MS)
        }),
      )
    })

    it('the last day of a working-day span is a working day', () => {
      fc.assert(
        fc.property(moment, days, (start, n) => {
          const end = calendar.addTo(start, workingDays(n))
          const lastDay = new Date(end.getTime() - 1 + 8 * 3_600_000).toISOString().slice(0, 10)
          expect(calendar.isWorkingDay(lastDay)).to.be.true
        }),
      )
    })

    it('a later start never ends earlier, and one more day never ends earlier', () => {
      fc.assert(
        fc.property(moment, fc.integer({ min: 0, max: 10 * DAY_MS }), days, (start, laterMs, n) => {
          const later = new Date(start.getTime() + laterMs)
          const end = calendar.addTo(start, workingDays(n))
          expect(calendar.addTo(later, workingDays(n)).getTime()).to.be.at.least(end.getTime())
          expect(calendar.addTo(start, workingDays(n + 1)).getTime()).to.be.greaterThan(end.getTime())
        }),
      )
    })

    it('what is left right after the start is the whole span', () => {
      fc.assert(
        fc.property(moment, days, fc.constantFrom('CD', 'WD', 'H', 'MIN'), (start, n, unit) => {
          const end = calendar.addTo(start, { n, unit })
          expect(calendar.leftUntil(start, end, unit)).to.deep.equal({ n, unit })
        }),
      )
    })

    it('the n-th working day from a due day and back is the due day', () => {
      fc.assert(
        fc.property(moment, days, (start, n) => {
          const dueAt = calendar.addTo(start, workingDays(1))
          const after = calendar.workingDayFromDue(dueAt, n, 12)
          const back = calendar.workingDayFromDue(after, -n, 0)
          expect(back.getTime()).to.equal(dueAt.getTime() - DAY_MS)
        }),
      )
    })
  })
})
