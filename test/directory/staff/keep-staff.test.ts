import { expect } from 'chai'
import { addStaff } from '../../../src/directory/staff/add-staff.ts'
import { changeRoles, editStaff } from '../../../src/directory/staff/edit-staff.ts'
import { endDueStaff, endStaff } from '../../../src/directory/staff/end-staff.ts'
import { openStaffPhone } from '../../../src/directory/staff/own-phone.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import { rolesInConflict } from '../../../src/directory/staff/staff.ts'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld } from '../support/directory-world.ts'
import { codeOf, refusalOf } from '../support/refusal.ts'

describe('Directory - keep staff', () => {
  let world: DirectoryWorld
  let admin: Staff
  let officer: Staff

  beforeEach(async () => {
    world = await directoryWorld()
    admin = await world.person('ADM', [{ role: 'administrator', unit: world.county }])
    officer = await world.person('D', [{ role: 'duty_officer', unit: world.township }])
  })

  const newcomer = (more = {}) => ({
    account: `W-${world.county}`,
    name: '测试新人',
    unit: world.township,
    roles: [{ role: 'window_clerk' as const, unit: world.township }],
    language: 'zh-CN' as const,
    ...more,
  })

  describe('when somebody new comes', () => {
    it('makes an account with a one-time password and says so in the journal', async () => {
      const added = await addStaff(world, newcomer(), world.by(admin))
      expect(added.oneTimePassword).to.match(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
      expect(added.mustChangePassword).to.equal(true)
      expect(await world.factsOf(`staff:${added.id}`)).to.deep.equal(['staff.added'])
    })

    it('tells the password once: the same command again has none', async () => {
      const key = 'the-same-key'
      const first = await addStaff(world, newcomer(), world.by(admin, key))
      const again = await addStaff(world, newcomer(), world.by(admin, key))
      expect(again.id).to.equal(first.id)
      expect(again).not.to.have.property('oneTimePassword')
    })

    it('keeps the own phone sealed', async () => {
      const added = await addStaff(world, newcomer({ phone: '+8612320614999' }), world.by(admin))
      const stored = await world.staff.find(world.county, added.id)
      expect(JSON.stringify(stored)).not.to.include('12320614999')
      expect(openStaffPhone(world.vault, stored!)).to.equal('+8612320614999')
    })

    it('gives an account name once in the whole deployment, whatever its spelling', async () => {
      await addStaff(world, newcomer(), world.by(admin))
      const other = await directoryWorld()
      const otherAdmin = await other.person('ADM', [{ role: 'administrator', unit: other.county }])
      const input = {
        ...newcomer(),
        account: `ｗ-${world.county}`,
        unit: other.township,
        roles: [{ role: 'cashier' as const, unit: other.township }],
      }
      expect(await codeOf(addStaff(other, input, other.by(otherAdmin)))).to.equal('staff.account_taken')
    })

    it('lets one of two win who want the same account at the same moment', async () => {
      const both = await Promise.allSettled([
        addStaff(world, newcomer(), world.by(admin)),
        addStaff(world, newcomer(), world.by(admin)),
      ])
      expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
      const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult
      expect((lost.reason as { code: string }).code).to.equal('staff.account_taken')
    })

    const refused: readonly (readonly [code: string, more: (w: DirectoryWorld) => object])[] = [
      ['staff.account_form', () => ({ account: 'a b' })],
      ['staff.account_form', () => ({ account: '-x' })],
      ['staff.unit_over', (w) => ({ unit: `${w.county}999` })],
      ['staff.roles_missing', () => ({ roles: [] })],
      ['staff.role_unit', (w) => ({ roles: [{ role: 'duty_officer', unit: w.county }] })],
      ['staff.role_unit', (w) => ({ roles: [{ role: 'operator', unit: w.township }] })],
      ['staff.validity', () => ({ validTo: new Date('2020-01-01') })],
    ]
    for (const [code, more] of refused)
      it(`refuses by ${code} what cannot be: ${more.toString().slice(0, 60)}`, async () => {
        expect(await codeOf(addStaff(world, newcomer(more(world)), world.by(admin)))).to.equal(code)
      })

    it('is for administrators of that county only', async () => {
      expect(await codeOf(addStaff(world, newcomer(), world.by(officer)))).to.equal('staff.forbidden')
      const head = await world.person('H', [{ role: 'township_head', unit: world.township }])
      expect(await codeOf(addStaff(world, newcomer(), world.by(head)))).to.equal('staff.forbidden')
    })
  })

  describe('when roles change', () => {
    it('counts at once for who acts next', async () => {
      const roles = [{ role: 'deputy' as const, unit: world.township }]
      const { version } = await changeRoles(world, { staffId: officer._id, version: 1, roles }, world.by(admin))
      expect(version).to.equal(2)
      expect((await world.staff.book(world.county)).get(officer._id)?.roles).to.deep.equal(roles)
    })

    it('refuses an older version and shows what stands there now', async () => {
      const roles = [{ role: 'deputy' as const, unit: world.township }]
      await changeRoles(world, { staffId: officer._id, version: 1, roles }, world.by(admin))
      const refusal = await refusalOf(changeRoles(world, { staffId: officer._id, version: 1, roles }, world.by(admin)))
      expect(refusal.code).to.equal('version.stale')
      expect(refusal.details).to.have.nested.property('current.version', 2)
      expect(JSON.stringify(refusal.details)).not.to.include('argon2')
    })

    it('lets nobody give roles to himself', async () => {
      const roles = [{ role: 'administrator' as const, unit: world.county }]
      expect(await codeOf(changeRoles(world, { staffId: admin._id, version: 1, roles }, world.by(admin)))).to.equal(
        'staff.own_account',
      )
    })

    it('keeps the last administrator', async () => {
      const other = await world.person('ADM2', [{ role: 'administrator', unit: world.county }])
      await endStaff(world, { staffId: admin._id, version: 1 }, world.by(other))
      const third = await world.person('ADM3', [{ role: 'administrator', unit: world.county }])
      await endStaff(world, { staffId: third._id, version: 1 }, world.by(other))
      const roles = [{ role: 'county_civil' as const, unit: world.county }]
      // The one who asks has been made to look like somebody else; the rule still counts.
      const asOther = { ...world.by(third) }
      expect(await codeOf(changeRoles(world, { staffId: other._id, version: 1, roles }, asOther))).to.equal(
        'staff.last_administrator',
      )
    })

    it('keeps payer and decider, auditor and everybody else apart', () => {
      const at = (unit: string, ...roles: string[]) => roles.map((role) => ({ role, unit })) as never
      expect(rolesInConflict(at('u', 'cashier', 'duty_officer'))).to.deep.equal(['cashier', 'duty_officer'])
      expect(rolesInConflict(at('u', 'county_civil', 'county_finance'))).to.deep.equal([
        'county_finance',
        'county_civil',
      ])
      expect(rolesInConflict(at('u', 'auditor', 'member'))).to.deep.equal(['auditor', 'member'])
      expect(rolesInConflict(at('u', 'member', 'administrator'))).to.deep.equal(['administrator', 'member'])
      expect(rolesInConflict([...(at('u', 'cashier') as []), ...(at('v', 'duty_officer') as [])])).to.equal(undefined)
      expect(rolesInConflict(at('u', 'duty_officer', 'window_clerk'))).to.equal(undefined)
    })
  })

  it('changes a name without touching what somebody else just changed', async () => {
    const change = { name: '测试改名', unit: world.township, language: 'en' as const }
    const edited = await editStaff(world, { staffId: officer._id, version: 1, change }, world.by(admin))
    expect(edited.name).to.equal('测试改名')
    expect(await codeOf(editStaff(world, { staffId: officer._id, version: 1, change }, world.by(admin)))).to.equal(
      'version.stale',
    )
  })

  it('does not reach into another county', async () => {
    const other = await directoryWorld()
    const stranger = await other.person('X', [{ role: 'duty_officer', unit: other.township }])
    expect(await codeOf(endStaff(world, { staffId: stranger._id, version: 1 }, world.by(admin)))).to.equal(
      'staff.not_found',
    )
  })

  describe('when somebody leaves', () => {
    it('announces it once, raises the generation and counts as gone', async () => {
      await endStaff(world, { staffId: officer._id, version: 1 }, world.by(admin))
      const gone = await world.staff.find(world.county, officer._id)
      expect(gone?.generation).to.equal(2)
      expect(gone?.validTo).to.deep.equal(world.clock.now())
      expect(await codeOf(endStaff(world, { staffId: officer._id, version: 2 }, world.by(admin)))).to.equal(
        'staff.over',
      )
      expect(await world.factsOf(`staff:${officer._id}`)).to.deep.equal(['staff.ended'])
    })

    it('announces a planned end when its moment has come, once', async () => {
      const loan = await world.person('L', [{ role: 'deputy', unit: world.township }], {
        validTo: new Date('2026-11-29T00:00:00+08:00'),
      })
      expect(await endDueStaff(world, world.county)).to.equal(0)
      world.clock.set('2026-11-29T00:00:00+08:00')
      expect(await endDueStaff(world, world.county)).to.equal(1)
      expect(await endDueStaff(world, world.county)).to.equal(0)
      expect(await world.factsOf(`staff:${loan._id}`)).to.deep.equal(['staff.ended'])
    })
  })
})
