import { expect } from 'chai'
import { addAbsence, changeAbsence } from '../../../src/directory/roster/add-absence.ts'
import { addShift, endShift } from '../../../src/directory/roster/add-shift.ts'
import { dutyLadder } from '../../../src/directory/roster/duty-ladder.ts'
import { openNote } from '../../../src/directory/roster/hand-over.ts'
import { handOverShift, readHandOver } from '../../../src/directory/roster/hand-over-shift.ts'
import { shiftTimes } from '../../../src/directory/roster/shift-days.ts'
import { isRunning } from '../../../src/directory/roster/shift.ts'
import { keepWatch } from '../../../src/directory/keep-watch.ts'
import { watchRoster } from '../../../src/directory/roster/watch-roster.ts'
import { endStaff } from '../../../src/directory/staff/end-staff.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import { eventually } from '../../support/database.ts'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld } from '../support/directory-world.ts'
import { codeOf } from '../support/refusal.ts'

describe('Directory - keep the roster', () => {
  let world: DirectoryWorld
  let admin: Staff
  let head: Staff
  let officer: Staff
  let deputy: Staff
  let cashier: Staff
  const pattern = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }

  beforeEach(async () => {
    world = await directoryWorld()
    const unit = world.township
    admin = await world.person('ADM', [{ role: 'administrator', unit: world.county }])
    head = await world.person('H', [{ role: 'township_head', unit }])
    officer = await world.person('D', [{ role: 'duty_officer', unit }])
    deputy = await world.person('B', [{ role: 'deputy', unit }])
    cashier = await world.person('K', [{ role: 'cashier', unit }])
  })

  const shift = (person: Staff, more = {}) => ({
    unit: world.township,
    staffId: person._id,
    part: 'duty' as const,
    pattern,
    validFrom: world.clock.now(),
    ...more,
  })

  const ladder = async () => {
    const rungs = await dutyLadder(world, { county: world.county, unit: world.township, at: world.clock.now() })
    return rungs.map(({ staffId, reason }) => [staffId, reason])
  }

  it('asks the new officer from the moment the shift stands', async () => {
    expect(await ladder()).to.deep.equal([
      [deputy._id, 'deputy'],
      [head._id, 'head'],
    ])
    await addShift(world, shift(officer), world.by(head))
    expect((await ladder())[0]).to.deep.equal([officer._id, 'roster'])
    expect(await world.factsOf(`roster:${world.township}`)).to.deep.equal(['roster.shift_added'])
  })

  it('is edited by the head of the township, the administrator, and nobody else', async () => {
    await addShift(world, shift(officer), world.by(admin))
    expect(await codeOf(addShift(world, shift(officer), world.by(officer)))).to.equal('roster.forbidden')
    const other = await world.person('H2', [{ role: 'township_head', unit: world.county }])
    expect(await codeOf(addShift(world, shift(officer), world.by(other)))).to.equal('roster.forbidden')
    const supervisor = await world.person('SV', [{ role: 'hotline_supervisor', unit: world.hotline }])
    expect(await codeOf(addShift(world, shift(officer), world.by(supervisor)))).to.equal('roster.forbidden')
  })

  it('takes nobody without a fitting role in the unit', async () => {
    expect(await codeOf(addShift(world, shift(cashier), world.by(head)))).to.equal('roster.person')
    expect(await codeOf(addShift(world, shift(officer, { part: 'second' }), world.by(head)))).to.equal('roster.person')
    expect(await codeOf(addShift(world, shift(admin), world.by(head)))).to.equal('roster.person')
    const stranger = await (await directoryWorld()).person('D', [{ role: 'duty_officer', unit: world.township }])
    expect(await codeOf(addShift(world, shift(stranger), world.by(head)))).to.equal('roster.person')
  })

  it('refuses times that do not fit', async () => {
    const unbounded = {
      unit: world.township,
      staffId: officer._id,
      part: 'duty' as const,
      validFrom: world.clock.now(),
    }
    expect(await codeOf(addShift(world, unbounded, world.by(head)))).to.equal('roster.times')
    const backwards = shift(officer, { validTo: new Date(world.clock.now().getTime() - 1) })
    expect(await codeOf(addShift(world, backwards, world.by(head)))).to.equal('roster.times')
    const nothing = shift(officer, { pattern: { days: [], from: '08:00', to: '20:00' } })
    expect(await codeOf(addShift(world, nothing, world.by(head)))).to.equal('roster.times')
  })

  it('takes a shift off from now on and leaves the past as it was', async () => {
    const { id } = await addShift(world, shift(officer), world.by(head))
    world.clock.pass(3600)
    expect(await codeOf(endShift(world, { shiftId: id, at: new Date(0) }, world.by(head)))).to.equal('roster.past')
    const ended = await endShift(world, { shiftId: id }, world.by(head))
    expect(ended.validTo).to.equal(world.clock.now().toISOString())
    expect((await ladder())[0]).to.deep.equal([deputy._id, 'deputy'])
    expect(await codeOf(endShift(world, { shiftId: id }, world.by(head)))).to.equal('roster.past')
  })

  it('lets the officer report sick himself, and the substitute takes over', async () => {
    const second = await world.person('D2', [{ role: 'duty_officer', unit: world.township }])
    await addShift(world, shift(officer), world.by(head))
    const from = world.clock.now()
    const to = new Date(from.getTime() + 86_400_000)
    const own = { unit: world.township, staffId: officer._id, from, to }
    expect(await codeOf(addAbsence(world, { ...own, staffId: second._id }, world.by(officer)))).to.equal(
      'roster.forbidden',
    )
    const { id } = await addAbsence(world, own, world.by(officer))
    expect((await ladder())[0]).to.deep.equal([deputy._id, 'deputy'])
    await changeAbsence(world, { absenceId: id, substituteId: second._id }, world.by(head))
    expect((await ladder())[0]).to.deep.equal([second._id, 'substitute'])
    expect(await codeOf(changeAbsence(world, { absenceId: id, substituteId: officer._id }, world.by(head)))).to.equal(
      'roster.substitute',
    )
    expect(await codeOf(changeAbsence(world, { absenceId: id, substituteId: admin._id }, world.by(head)))).to.equal(
      'roster.substitute',
    )
    await changeAbsence(world, { absenceId: id, to: world.clock.now() }, world.by(officer))
    expect((await ladder())[0]).to.deep.equal([officer._id, 'roster'])
  })

  it('passes over somebody from the moment they leave', async () => {
    await addShift(world, shift(officer), world.by(head))
    await endStaff(world, { staffId: officer._id, version: 1 }, world.by(admin))
    expect((await ladder())[0]).to.deep.equal([deputy._id, 'deputy'])
  })

  it('keeps notes sealed, and read once by each', async () => {
    const text = '张三明早来取药'
    const { id } = await handOverShift(world, { unit: world.township, text }, world.by(officer))
    const [note] = await world.roster.handOvers(world.county, world.township, 10)
    expect(JSON.stringify(note)).not.to.include('张三')
    expect(openNote(world.vault, note!)).to.equal(text)
    await readHandOver(world, id, world.by(deputy))
    await readHandOver(world, id, world.by(deputy))
    const [read] = await world.roster.handOvers(world.county, world.township, 10)
    expect(read?.readBy.map(({ staffId }) => staffId)).to.deep.equal([deputy._id])
    expect(await codeOf(handOverShift(world, { unit: world.township, text }, world.by(admin)))).to.equal(
      'roster.forbidden',
    )
  })

  describe('watched for gaps', () => {
    const gapFacts = async () =>
      (await world.factsOf(`roster:${world.township}`)).filter((type) => type.includes('gap'))

    it('reports an unmanned time once, however often it looks', async () => {
      await watchRoster(world, world.county)
      world.clock.pass(60)
      await watchRoster(world, world.county)
      world.clock.pass(3600)
      await watchRoster(world, world.county)
      expect(await gapFacts()).to.deep.equal(['roster.gap'])
    })

    it('reports it before the shift begins and takes it back when somebody is found', async () => {
      const until = new Date('2026-11-29T20:00:00+08:00')
      await addShift(world, shift(officer, { pattern: undefined, validTo: until }), world.by(head))
      const gaps = await watchRoster(world, world.county)
      expect(gaps.map(({ unit, from }) => [unit, from])).to.deep.equal([[world.township, until]])
      await addShift(world, shift(deputy, { part: 'stand_in' }), world.by(head))
      expect(await watchRoster(world, world.county)).to.deep.equal([])
      expect(await gapFacts()).to.deep.equal(['roster.gap', 'roster.gap_filled'])
    })

    it('is watched as long as a worker lives', async () => {
      const loan = await world.person('L', [{ role: 'deputy', unit: world.township }], { validTo: world.clock.now() })
      const warned: string[] = []
      const log = { warn: (_details: object, message: string) => void warned.push(message) }
      const stop = keepWatch({ ...world, log, counties: () => Promise.resolve([world.county]) })
      await eventually('the gap is reported', async () => (await gapFacts()).length > 0)
      await stop()
      expect(await gapFacts()).to.deep.equal(['roster.gap'])
      expect(await world.factsOf(`staff:${loan._id}`)).to.deep.equal(['staff.ended'])
      expect(warned).to.deep.equal([])
    })

    it('does not look further than a day ahead', async () => {
      const until = new Date(world.clock.now().getTime() + 86_400_000 + 60_000)
      await addShift(world, shift(officer, { pattern: undefined, validTo: until }), world.by(head))
      expect(await watchRoster(world, world.county)).to.deep.equal([])
      world.clock.pass(120)
      expect(await watchRoster(world, world.county)).to.have.length(1)
    })
  })

  describe('written in days and times', () => {
    const night = { days: [6], from: '20:00', to: '08:00', firstDay: new Date('2026-11-28T00:00:00+08:00') }
    const running = (at: string, times = shiftTimes(night)) =>
      isRunning({ _id: 'x', county: '', unit: '', staffId: '', part: 'duty', version: 1, ...times }, new Date(at))

    it('runs a night that begins on the last day to its end', () => {
      const once = shiftTimes({ ...night, lastDay: night.firstDay })
      expect(running('2026-11-29T07:59:00+08:00', once)).to.equal(true)
      expect(running('2026-11-29T08:00:00+08:00', once)).to.equal(false)
      expect(running('2026-12-05T21:00:00+08:00', once)).to.equal(false)
    })

    it('leaves the morning of the first day to the night before', () => {
      const daily = shiftTimes({ ...night, days: [1, 2, 3, 4, 5, 6, 7] })
      expect(running('2026-11-28T03:00:00+08:00', daily)).to.equal(false)
      expect(running('2026-11-28T20:00:00+08:00', daily)).to.equal(true)
    })
  })
})
