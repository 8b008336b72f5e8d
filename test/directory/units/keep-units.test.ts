import { expect } from 'chai'
import { addHotline, editHotline, endHotline } from '../../../src/directory/hotlines/keep-hotlines.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import { addUnit } from '../../../src/directory/units/add-unit.ts'
import { editUnit } from '../../../src/directory/units/edit-unit.ts'
import { endUnit } from '../../../src/directory/units/end-unit.ts'
import { addWindow, editWindow, endWindow } from '../../../src/directory/windows/keep-windows.ts'
import { setUpCounty } from '../../../src/directory/set-up-county.ts'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld } from '../support/directory-world.ts'
import { codeOf, refusalOf } from '../support/refusal.ts'

describe('Directory - keep units', () => {
  let world: DirectoryWorld
  let admin: Staff
  let officer: Staff

  beforeEach(async () => {
    world = await directoryWorld()
    admin = await world.person('ADM', [{ role: 'administrator', unit: world.county }])
    officer = await world.person('D', [{ role: 'duty_officer', unit: world.township }])
  })

  const housing = (more = {}) => ({
    _id: `${world.county}-housing`,
    kind: 'department' as const,
    name: '住房和城乡建设局',
    shortName: '住建',
    parent: world.county,
    validFrom: world.clock.now(),
    ...more,
  })

  it('adds a unit that others find at once', async () => {
    await addUnit(world, housing(), world.by(admin))
    expect((await world.units.book(world.county)).nameOf(`${world.county}-housing`)).to.equal('住建')
    expect(await world.factsOf(`unit:${world.county}-housing`)).to.deep.equal(['unit.added'])
  })

  const refused: readonly (readonly [code: string, more: (w: DirectoryWorld) => object])[] = [
    ['unit.id_form', () => ({ _id: '999999-housing' })],
    ['unit.id_form', (w) => ({ _id: `${w.county}-Häuser` })],
    ['unit.id_form', (w) => ({ _id: `${w.county}10`, kind: 'township' })],
    ['unit.exists', (w) => ({ _id: w.township, kind: 'township' })],
    ['unit.parent', (w) => ({ parent: w.village })],
    ['unit.parent', (w) => ({ parent: `${w.county}-nowhere` })],
    ['unit.parent', () => ({ parent: undefined })],
  ]
  for (const [code, more] of refused)
    it(`refuses by ${code}: ${more.toString().slice(0, 60)}`, async () => {
      expect(await codeOf(addUnit(world, housing(more(world)), world.by(admin)))).to.equal(code)
    })

  it('is changed by administrators only, against the version they saw', async () => {
    const change = { name: '常乐镇人民政府', shortName: '常乐镇', parent: world.county, phone: '+8612320614103' }
    const input = { id: world.township, version: 1, change }
    expect(await codeOf(editUnit(world, input, world.by(officer)))).to.equal('unit.forbidden')
    const edited = await editUnit(world, input, world.by(admin))
    expect(edited).to.include({ version: 2, phone: '+8612320614103' })
    const refusal = await refusalOf(editUnit(world, input, world.by(admin)))
    expect(refusal.code).to.equal('version.stale')
    expect(refusal.details).to.have.nested.property('current.phone', '+8612320614103')
  })

  it('lets one of two win who change the same version', async () => {
    const write = (name: string) =>
      editUnit(
        world,
        { id: world.township, version: 1, change: { name, shortName: name, parent: world.county } },
        world.by(admin),
      )
    const both = await Promise.allSettled([write('甲'), write('乙')])
    expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
  })

  it('cannot end while people work in it or units stand below it', async () => {
    expect(await codeOf(endUnit(world, { id: world.township, version: 1 }, world.by(admin)))).to.equal('unit.in_use')
    await endUnit(world, { id: world.village, version: 1 }, world.by(admin))
    expect(await codeOf(endUnit(world, { id: world.township, version: 1 }, world.by(admin)))).to.equal('unit.in_use')
    expect(await codeOf(endUnit(world, { id: world.village, version: 2 }, world.by(admin)))).to.equal('unit.over')
    expect(
      await codeOf(
        addUnit(world, housing({ _id: world.village, kind: 'village', parent: world.township }), world.by(admin)),
      ),
    ).to.equal('unit.exists')
  })

  describe('hotlines', () => {
    const fields = (more = {}) => ({
      number: `+8612${world.county}777`,
      name: '测试热线',
      level: 3 as const,
      unit: world.hotline,
      hours: [],
      language: 'zh-CN' as const,
      ...more,
    })

    it('are found by the number that was dialled', async () => {
      const { id } = await addHotline(world, fields(), world.by(admin))
      const found = await world.hotlines.byNumber(`+8612${world.county}777`, world.clock.now())
      expect(found?._id).to.equal(id)
    })

    it('have a number to themselves, in the whole deployment, until they end', async () => {
      const first = await addHotline(world, fields(), world.by(admin))
      const other = await directoryWorld()
      const stranger = await other.person('ADM', [{ role: 'administrator', unit: other.county }])
      const same = fields({ unit: other.hotline })
      expect(await codeOf(addHotline(other, same, other.by(stranger)))).to.equal('hotline.number_taken')
      await endHotline(world, { id: first.id, version: 1 }, world.by(admin))
      const second = await addHotline(other, same, other.by(stranger))
      other.hotlines.forget()
      expect((await other.hotlines.byNumber(same.number, other.clock.now()))?._id).to.equal(second.id)
    })

    it('go to one of two who take the same number at the same moment', async () => {
      const both = await Promise.allSettled([
        addHotline(world, fields(), world.by(admin)),
        addHotline(world, fields(), world.by(admin)),
      ])
      expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
      const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult
      expect((lost.reason as { code: string }).code).to.equal('hotline.number_taken')
    })

    it('are kept by administrators, against the version they saw', async () => {
      expect(await codeOf(addHotline(world, fields(), world.by(officer)))).to.equal('hotline.forbidden')
      const { id } = await addHotline(world, fields(), world.by(admin))
      const change = fields({ name: '改名' })
      await editHotline(world, { id, version: 1, change }, world.by(admin))
      expect(await codeOf(editHotline(world, { id, version: 1, change }, world.by(admin)))).to.equal('version.stale')
      expect(await codeOf(addHotline(world, fields({ number: '12345', unit: 'x' }), world.by(admin)))).to.equal(
        'hotline.unit',
      )
    })
  })

  it('keeps windows with their post holder', async () => {
    const hours = [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '17:30' }]
    const fields = { unit: world.township, name: '救助窗口', place: '一楼', hours, holderId: officer._id }
    expect(await codeOf(addWindow(world, fields, world.by(officer)))).to.equal('window.forbidden')
    expect(await codeOf(addWindow(world, { ...fields, holderId: 'nobody' }, world.by(admin)))).to.equal('window.holder')
    const { id } = await addWindow(world, fields, world.by(admin))
    const change = { unit: world.township, name: '救助窗口', place: '二楼', hours }
    const edited = await editWindow(world, { id, version: 1, change }, world.by(admin))
    expect(edited).to.include({ place: '二楼', version: 2 })
    expect(edited).not.to.have.property('holderId')
    await endWindow(world, { id, version: 2 }, world.by(admin))
    expect(await codeOf(editWindow(world, { id, version: 3, change }, world.by(admin)))).to.equal('window.over')
  })

  it('sets a county up only in an empty database, and never by halves', async () => {
    const input = { county: '910001', name: '测试县', admin: `setup-${world.county}` }
    expect(await codeOf(setUpCounty(world, input))).to.equal('setup.not_empty')
    expect(await world.staff.findByAccount(input.admin)).to.equal(undefined)
    expect(await codeOf(setUpCounty(world, { ...input, county: '32061' }))).to.equal('setup.county_form')
    expect(await codeOf(setUpCounty(world, { ...input, admin: 'a b' }))).to.equal('staff.account_form')
  })
})
