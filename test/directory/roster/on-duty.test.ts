import { expect } from 'chai'
import fc from 'fast-check'
import type { Absence } from '../../../src/directory/roster/absence.ts'
import { createDutyBook } from '../../../src/directory/roster/duty-book.ts'
import { gapsOf } from '../../../src/directory/roster/gaps.ts'
import { ladderOf, rosterOf, secondOf } from '../../../src/directory/roster/on-duty.ts'
import type { DutyBook } from '../../../src/directory/roster/on-duty.ts'
import type { Shift } from '../../../src/directory/roster/shift.ts'
import type { Colleague } from '../../../src/directory/staff/staff-book.ts'
import { createStaffBook } from '../../../src/directory/staff/staff-book.ts'
import type { Unit } from '../../../src/directory/units/unit.ts'
import { createUnitBook } from '../../../src/directory/units/unit-book.ts'
import type { Role } from '../../../src/shared/actor.ts'

const COUNTY = '990001'
const TOWN = '990001103'
const VILLAGE = '990001103201'
const HOTLINE = '990001-hotline'
const LONG_AGO = new Date('2020-01-01T00:00:00+08:00')
const NIGHT = new Date('2026-11-28T23:40:10+08:00')
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

const units: Unit[] = [
  { _id: COUNTY, kind: 'county' as const },
  { _id: TOWN, kind: 'township' as const, parent: COUNTY },
  { _id: VILLAGE, kind: 'village' as const, parent: TOWN },
  { _id: HOTLINE, kind: 'hotline' as const, parent: COUNTY },
].map((unit) => ({ ...unit, county: COUNTY, name: unit._id, shortName: unit._id, validFrom: LONG_AGO, version: 1 }))

const who = (id: string, role: Role, unit: string, more: Partial<Colleague> = {}): Colleague => ({
  _id: id,
  county: COUNTY,
  account: id,
  name: id,
  unit,
  roles: [{ role, unit }],
  language: 'zh-CN',
  validFrom: LONG_AGO,
  generation: 1,
  ...more,
})

const D = who('D', 'duty_officer', TOWN)
const E = who('E', 'duty_officer', TOWN)
const B = who('B', 'deputy', TOWN)
const H = who('H', 'township_head', TOWN)
const K = who('K', 'cashier', TOWN)
const V = who('V', 'village_clerk', VILLAGE)
const C1 = who('C1', 'county_civil', COUNTY)
const C3 = who('C3', 'county_civil', COUNTY)
const O1 = who('O1', 'operator', HOTLINE)
const SV = who('SV', 'hotline_supervisor', HOTLINE)
const EVERYBODY = [D, E, B, H, K, V, C1, C3, O1, SV]

let nextShift = 0
const shift = (staffId: string, part: Shift['part'], more: Partial<Shift> = {}): Shift => ({
  _id: String((nextShift += 1)),
  county: COUNTY,
  unit: TOWN,
  staffId,
  part,
  pattern: { days: EVERY_DAY, from: '00:00', to: '24:00' },
  validFrom: LONG_AGO,
  version: 1,
  ...more,
})

const away = (staffId: string, more: Partial<Absence> = {}): Absence => ({
  _id: `${staffId}-away`,
  county: COUNTY,
  unit: TOWN,
  staffId,
  from: new Date('2026-11-28T00:00:00+08:00'),
  to: new Date('2026-11-30T00:00:00+08:00'),
  version: 1,
  ...more,
})

const book = (shifts: Shift[], absences: Absence[] = [], staff: Colleague[] = EVERYBODY): DutyBook =>
  createDutyBook({ county: COUNTY, units: createUnitBook(units), staff: createStaffBook(staff), shifts, absences })

const ladder = (duty: DutyBook, unit = TOWN, at = NIGHT, line?: string): string[] =>
  ladderOf(duty, unit, at, line).map(({ person, reason }) => `${person._id} ${reason}`)

const FIXTURE = [shift('D', 'duty'), shift('B', 'stand_in'), shift('K', 'second')]

describe('Directory - who is on duty', () => {
  describe('in a township with a full roster', () => {
    it('asks the duty officer, the stand-in, the head, then the county', () => {
      expect(ladder(book(FIXTURE))).to.deep.equal(['D roster', 'B stand_in', 'H head', 'C1 county', 'C3 county'])
    })

    it('never asks the cashier to decide', () => {
      expect(ladder(book(FIXTURE)).join()).not.to.include('K')
    })

    it('names the cashier as the second person who may pay', () => {
      expect(secondOf(book(FIXTURE), TOWN, NIGHT).map(({ person }) => person._id)).to.deep.equal(['K'])
    })
  })

  describe('when the duty officer is away', () => {
    it('asks the substitute first, and says that it is one', () => {
      const absent = [away('D', { substituteId: 'E' })]
      expect(ladder(book(FIXTURE, absent))[0]).to.equal('E substitute')
    })

    it('asks the stand-in when nobody was named', () => {
      expect(ladder(book(FIXTURE, [away('D')]))[0]).to.equal('B stand_in')
    })

    it('asks nobody who is away himself, substitute or not', () => {
      const absent = [away('D', { substituteId: 'E' }), away('E'), away('B')]
      expect(ladder(book(FIXTURE, absent))).to.deep.equal(['H head', 'C1 county', 'C3 county'])
    })

    it('asks him again from the moment he is back', () => {
      const duty = book(FIXTURE, [away('D')])
      expect(ladder(duty, TOWN, new Date('2026-11-29T23:59:59+08:00'))[0]).to.equal('B stand_in')
      expect(ladder(duty, TOWN, new Date('2026-11-30T00:00:00+08:00'))[0]).to.equal('D roster')
    })

    it('prefers an absence with a substitute when two overlap', () => {
      const absent = [away('D'), away('D', { _id: 'second', substituteId: 'E' })]
      expect(ladder(book(FIXTURE, absent))[0]).to.equal('E substitute')
    })
  })

  describe('when the roster names somebody who cannot do it', () => {
    it('passes over one who left', () => {
      const gone = { ...D, validTo: new Date('2026-11-01T00:00:00+08:00') }
      expect(ladder(book(FIXTURE, [], [gone, B, H, C1]))[0]).to.equal('B stand_in')
    })

    it('passes over one who holds no fitting role there any more', () => {
      const moved = who('D', 'window_clerk', TOWN)
      expect(ladder(book(FIXTURE, [], [moved, B, H, C1]))[0]).to.equal('B stand_in')
    })
  })

  describe('without a roster', () => {
    it('asks deputy, head and county', () => {
      expect(ladder(book([]))).to.deep.equal(['B deputy', 'H head', 'C1 county', 'C3 county'])
    })

    it('asks the county at once for a unit nobody knows', () => {
      expect(ladder(book([]), '990001999')).to.deep.equal(['C1 county', 'C3 county'])
    })

    it('has nobody where the county has nobody', () => {
      expect(ladder(book([], [], [O1]))).to.deep.equal([])
    })
  })

  it('asks the county officer on the county roster before the others', () => {
    const county = shift('C3', 'duty', { unit: COUNTY })
    expect(ladder(book([county])).slice(-2)).to.deep.equal(['C3 county_roster', 'C1 county'])
    expect(ladder(book([county]), COUNTY)[0]).to.equal('C3 roster')
  })

  it('goes from a village to its township', () => {
    expect(ladder(book(FIXTURE), VILLAGE).slice(0, 3)).to.deep.equal(['V post', 'D roster', 'B stand_in'])
  })

  it('keeps the shifts of one hotline line apart from another', () => {
    const lines = [
      shift('O1', 'duty', { unit: HOTLINE, line: 'one' }),
      shift('SV', 'duty', { unit: HOTLINE, line: 'two' }),
    ]
    expect(rosterOf(book(lines), HOTLINE, NIGHT, 'one').map(({ person }) => person._id)).to.deep.equal(['O1'])
    expect(rosterOf(book(lines), HOTLINE, NIGHT).map(({ person }) => person._id)).to.deep.equal(['O1', 'SV'])
  })

  it('never asks the same person twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('D', 'E', 'B', 'H')),
        fc.array(fc.constantFrom('D', 'E', 'B')),
        (on, off) => {
          const duty = book(
            on.map((id, index) => shift(id, index % 2 ? 'duty' : 'stand_in')),
            off.map((id) => away(id, { substituteId: 'E' })),
          )
          const asked = ladderOf(duty, TOWN, NIGHT).map(({ person }) => person._id)
          expect(new Set(asked).size).to.equal(asked.length)
          for (const id of off) expect(asked).not.to.include(id)
        },
      ),
    )
  })
})

describe('Directory - gaps in the roster', () => {
  const day = { from: new Date('2026-11-28T00:00:00+08:00'), to: new Date('2026-11-29T00:00:00+08:00') }

  it('has none where somebody is always there', () => {
    expect(gapsOf(book(FIXTURE), { unit: TOWN }, day)).to.deep.equal([])
  })

  it('is the time between two shifts', () => {
    const halves = [
      shift('D', 'duty', { pattern: { days: EVERY_DAY, from: '08:00', to: '20:00' } }),
      shift('E', 'duty', { pattern: { days: EVERY_DAY, from: '21:00', to: '08:00' } }),
    ]
    expect(gapsOf(book(halves), { unit: TOWN }, day)).to.deep.equal([
      { unit: TOWN, from: new Date('2026-11-28T20:00:00+08:00'), to: new Date('2026-11-28T21:00:00+08:00') },
    ])
  })

  it('begins when somebody leaves for good', () => {
    const leaving = { ...D, validTo: new Date('2026-11-28T12:00:00+08:00') }
    expect(gapsOf(book([shift('D', 'duty')], [], [leaving]), { unit: TOWN }, day)).to.deep.equal([
      { unit: TOWN, from: new Date('2026-11-28T12:00:00+08:00'), to: day.to },
    ])
  })

  it('is not opened by a second person who may only pay', () => {
    expect(gapsOf(book([shift('K', 'second')]), { unit: TOWN }, day)).to.have.length(1)
  })

  it('counts only the hours in which a line is open', () => {
    const office = { from: new Date('2026-11-28T08:00:00+08:00'), to: new Date('2026-11-28T18:00:00+08:00') }
    const operator = shift('O1', 'duty', { unit: HOTLINE, pattern: { days: [6], from: '09:00', to: '24:00' } })
    expect(gapsOf(book([operator]), { unit: HOTLINE, line: 'one' }, day, () => [office])).to.deep.equal([
      { unit: HOTLINE, line: 'one', from: office.from, to: new Date('2026-11-28T09:00:00+08:00') },
    ])
  })

  it('is exactly the time in which the roster names nobody', () => {
    const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:00`)
    const entry = fc.record({
      id: fc.constantFrom('D', 'E', 'B', 'K'),
      from: hour,
      to: hour,
      day: fc.integer({ min: 1, max: 7 }),
    })
    const absence = fc.record({
      id: fc.constantFrom('D', 'E'),
      from: fc.integer({ min: -24, max: 40 }),
      length: fc.integer({ min: 1, max: 40 }),
    })
    fc.assert(
      fc.property(fc.array(entry), fc.array(absence), fc.integer({ min: 0, max: 86_399 }), (entries, off, second) => {
        const shifts = entries
          .filter(({ from, to }) => from !== to)
          .map(({ id, from, to, day: weekday }) => shift(id, 'duty', { pattern: { days: [weekday], from, to } }))
        const hours = (n: number) => new Date(day.from.getTime() + n * 3_600_000)
        const absences = off.map(({ id, from, length }) =>
          away(id, { from: hours(from), to: hours(from + length), substituteId: 'B' }),
        )
        const duty = book(shifts, absences)
        const at = new Date(day.from.getTime() + second * 1000)
        const isGap = gapsOf(duty, { unit: TOWN }, day).some(({ from, to }) => from <= at && at < to)
        expect(isGap).to.equal(rosterOf(duty, TOWN, at).length === 0)
      }),
    )
  })
})
