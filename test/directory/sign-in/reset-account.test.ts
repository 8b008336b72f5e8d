import { expect } from 'chai'
import { makeOwnToken } from '../../../src/directory/own-account/own-tokens.ts'
import { startTotp, confirmTotp } from '../../../src/directory/own-account/second-factor.ts'
import { askReset, confirmReset, withdrawReset } from '../../../src/directory/sign-in/reset-account.ts'
import { signIn } from '../../../src/directory/sign-in/sign-in.ts'
import { unlockAccount } from '../../../src/directory/sign-in/unlock-account.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import { generate } from 'otplib'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld, PASSWORD } from '../support/directory-world.ts'
import { codeOf } from '../support/refusal.ts'

describe('Directory - reset by two people', () => {
  let world: DirectoryWorld
  let one: Staff
  let two: Staff
  let officer: Staff
  const address = '10.9.9.9'

  beforeEach(async () => {
    world = await directoryWorld()
    one = await world.person('ADM', [{ role: 'administrator', unit: world.county }])
    two = await world.person('ADM2', [{ role: 'administrator', unit: world.county }])
    officer = await world.person('D', [{ role: 'duty_officer', unit: world.township }])
  })

  const ask = (kind: 'password' | 'totp' | 'both' = 'both') =>
    askReset(world, { staffId: officer._id, kind }, world.by(one))

  it('changes nothing until another administrator confirms', async () => {
    const { id } = await ask()
    expect((await signIn(world, { account: officer.account, password: PASSWORD, address })).need).to.equal(undefined)
    const { oneTimePassword = '' } = await confirmReset(world, id, world.by(two))
    expect(await codeOf(signIn(world, { account: officer.account, password: PASSWORD, address }))).to.equal(
      'sign_in.refused',
    )
    const step = await signIn(world, { account: officer.account, password: oneTimePassword, address })
    expect(step.need).to.equal('new_password')
  })

  it('cannot be done by one alone', async () => {
    const { id } = await ask()
    expect(await codeOf(confirmReset(world, id, world.by(one)))).to.equal('reset.same_person')
  })

  it('can be neither asked for nor confirmed by the one it is about', async () => {
    expect(await codeOf(askReset(world, { staffId: one._id, kind: 'password' }, world.by(one)))).to.equal(
      'staff.own_account',
    )
    const { id } = await askReset(world, { staffId: two._id, kind: 'password' }, world.by(one))
    expect(await codeOf(confirmReset(world, id, world.by(two)))).to.equal('staff.own_account')
  })

  it('is for administrators only', async () => {
    expect(await codeOf(askReset(world, { staffId: one._id, kind: 'password' }, world.by(officer)))).to.equal(
      'staff.forbidden',
    )
    const { id } = await ask()
    const head = await world.person('H', [{ role: 'township_head', unit: world.township }])
    expect(await codeOf(confirmReset(world, id, world.by(head)))).to.equal('staff.forbidden')
  })

  it('does not reach into another county', async () => {
    const { id } = await ask()
    const other = await directoryWorld()
    const stranger = await other.person('ADM', [{ role: 'administrator', unit: other.county }])
    expect(await codeOf(confirmReset(other, id, other.by(stranger)))).to.equal('reset.not_found')
  })

  it('is confirmed once, also when two press at the same moment', async () => {
    const three = await world.person('ADM3', [{ role: 'administrator', unit: world.county }])
    const { id } = await ask()
    const both = await Promise.allSettled([
      confirmReset(world, id, world.by(two)),
      confirmReset(world, id, world.by(three)),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    expect(await codeOf(confirmReset(world, id, world.by(two)))).to.equal('reset.over')
  })

  it('expires after a day and can be withdrawn before', async () => {
    const first = await ask()
    expect(await codeOf(ask())).to.equal('reset.waiting')
    await withdrawReset(world, first.id, world.by(two))
    expect(await codeOf(confirmReset(world, first.id, world.by(two)))).to.equal('reset.over')
    const second = await ask()
    world.clock.pass(86_400)
    expect(await codeOf(confirmReset(world, second.id, world.by(two)))).to.equal('reset.over')
  })

  it('takes second factor and tokens away, and unlocks', async () => {
    const { secret } = await startTotp(world, { password: PASSWORD, address }, world.by(officer))
    const code = await generate({ secret, epoch: world.clock.now().getTime() / 1000 })
    await confirmTotp(world, { code, address }, world.by(officer))
    await makeOwnToken(world, { label: 'x', days: 1, password: PASSWORD, address }, world.by(officer))
    for (let n = 0; n < 6; n += 1) await world.lockOut.begin({ account: officer.account, address: '10.8.8.8' })
    const { id } = await ask('totp')
    expect(await confirmReset(world, id, world.by(two))).not.to.have.property('oneTimePassword')
    const found = await world.staff.find(world.county, officer._id)
    expect(found).not.to.have.property('totp')
    expect(found?.generation).to.equal(officer.generation + 1)
    expect((await world.tokens.list(world.county, officer._id)).every(({ revokedAt }) => revokedAt)).to.equal(true)
    expect(await world.lockOut.lockedUntil(officer.account)).to.equal(undefined)
  })

  it('lets an administrator unlock somebody else, and nobody himself', async () => {
    for (let n = 0; n < 6; n += 1) await world.lockOut.begin({ account: officer.account, address })
    expect(await world.lockOut.lockedUntil(officer.account)).to.be.instanceOf(Date)
    await unlockAccount(world, { staffId: officer._id }, world.by(one))
    expect(await world.lockOut.lockedUntil(officer.account)).to.equal(undefined)
    expect(await codeOf(unlockAccount(world, { staffId: one._id }, world.by(one)))).to.equal('staff.own_account')
    expect(await world.factsOf(`staff:${officer._id}`)).to.deep.equal(['staff.unlocked'])
  })
})
