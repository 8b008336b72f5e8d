import { expect } from 'chai'
import { generate } from 'otplib'
import { confirmTotp, startTotp } from '../../../src/directory/own-account/second-factor.ts'
import { chooseFirstPassword } from '../../../src/directory/own-account/change-password.ts'
import type { SigningIn } from '../../../src/directory/sign-in/session-data.ts'
import { signIn } from '../../../src/directory/sign-in/sign-in.ts'
import { signInTotp } from '../../../src/directory/sign-in/sign-in-totp.ts'
import { addStaff } from '../../../src/directory/staff/add-staff.ts'
import { endStaff } from '../../../src/directory/staff/end-staff.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld, PASSWORD } from '../support/directory-world.ts'
import { codeOf, refusalOf } from '../support/refusal.ts'

describe('Directory - sign in', () => {
  let world: DirectoryWorld
  let officer: Staff
  let admin: Staff
  const address = '10.1.2.3'

  before(async () => {
    world = await directoryWorld()
  })

  beforeEach(async () => {
    const no = Math.random().toString(36).slice(2, 8)
    officer = await world.person(`D${no}`, [{ role: 'duty_officer', unit: world.township }])
    admin = await world.person(`A${no}`, [{ role: 'administrator', unit: world.county }])
  })

  const half = (person: Staff, need: SigningIn['need']): SigningIn => ({
    staffId: person._id,
    county: person.county,
    generation: person.generation,
    account: person.account,
    need,
    since: world.clock.now().getTime(),
    next: '/',
  })

  const trying = (password: string, account = officer.account) => signIn(world, { account, password, address })

  it('lets in who has the right password, and records it', async () => {
    const { person, need } = await trying(PASSWORD)
    expect(person._id).to.equal(officer._id)
    expect(need).to.equal(undefined)
    expect(await world.factsOf(`staff:${officer._id}`)).to.deep.equal(['staff.signed_in'])
    expect((await world.staff.find(world.county, officer._id))?.lastSignInAt).to.deep.equal(world.clock.now())
  })

  it('says the same to a wrong password, an unknown account and one that left', async () => {
    await endStaff(world, { staffId: officer._id, version: officer.version }, world.by(admin))
    const refusals = await Promise.all([
      refusalOf(trying(PASSWORD)),
      refusalOf(trying('wrong-password', admin.account)),
      refusalOf(trying(PASSWORD, 'nobody-at-all')),
      refusalOf(trying(PASSWORD, '')),
    ])
    expect(new Set(refusals.map(({ code, message }) => `${code}: ${message}`)).size).to.equal(1)
    expect(refusals[0].code).to.equal('sign_in.refused')
  })

  it('refuses even the right password while locked, and says how long', async () => {
    for (let n = 0; n < 5; n += 1) await codeOf(trying('wrong-password'))
    const refusal = await refusalOf(trying(PASSWORD))
    expect(refusal.code).to.equal('sign_in.locked')
    expect(refusal.details).to.deep.equal({ minutes: 1 })
    world.clock.pass(61)
    expect((await trying(PASSWORD)).need).to.equal(undefined)
  })

  describe('with a one-time password', () => {
    it('asks for a new one and refuses the old one from then on', async () => {
      const added = await addStaff(
        world,
        {
          account: `N-${officer.account}`,
          name: '测试新人',
          unit: world.township,
          roles: [{ role: 'window_clerk', unit: world.township }],
          language: 'zh-CN',
        },
        world.by(admin),
      )
      const oneTime = added.oneTimePassword ?? ''
      const first = await trying(oneTime, added.account)
      expect(first.need).to.equal('new_password')
      const signingIn = half(first.person, 'new_password')
      expect(await codeOf(chooseFirstPassword(world, { signingIn, next: oneTime, address }))).to.equal('password.same')
      expect(await codeOf(chooseFirstPassword(world, { signingIn, next: 'short', address }))).to.equal(
        'password.too_short',
      )
      await chooseFirstPassword(world, { signingIn, next: 'Schnee-im-Dezember', address })
      expect(await codeOf(trying(oneTime, added.account))).to.equal('sign_in.refused')
      expect((await trying('Schnee-im-Dezember', added.account)).need).to.equal(undefined)
      expect(await codeOf(chooseFirstPassword(world, { signingIn, next: 'Noch-ein-anderes', address }))).to.equal(
        'sign_in.too_slow',
      )
    })

    it('is worth nothing after a week', async () => {
      const before = world.clock.now()
      const late = await world.person(`L${officer.account}`.slice(0, 12), officer.roles, {
        password: { ...officer.password, oneTimeUntil: new Date(before.getTime() - 1) },
      })
      expect(await codeOf(trying(PASSWORD, late.account))).to.equal('sign_in.one_time_over')
    })
  })

  describe('with a second factor', () => {
    let secret: string
    const codeNow = () => generate({ secret, epoch: world.clock.now().getTime() / 1000 })

    beforeEach(async () => {
      ;({ secret } = await startTotp(world, { password: PASSWORD, address }, world.by(officer)))
      await confirmTotp(world, { code: await codeNow(), address }, world.by(officer))
      world.clock.pass(60)
    })

    it('asks for the code, and a code opens once', async () => {
      const { person, need } = await trying(PASSWORD)
      expect(need).to.equal('totp')
      const code = await codeNow()
      const both = await Promise.allSettled([
        signInTotp(world, { signingIn: half(person, 'totp'), code, address }),
        signInTotp(world, { signingIn: half(person, 'totp'), code, address }),
      ])
      expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
      expect(await codeOf(signInTotp(world, { signingIn: half(person, 'totp'), code, address }))).to.equal('totp.wrong')
    })

    it('does not take an older code after a newer one', async () => {
      const { person } = await trying(PASSWORD)
      const older = await codeNow()
      world.clock.pass(30)
      await signInTotp(world, { signingIn: half(person, 'totp'), code: await codeNow(), address })
      expect(await codeOf(signInTotp(world, { signingIn: half(person, 'totp'), code: older, address }))).to.equal(
        'totp.wrong',
      )
    })

    it('does not let the right password reset the count of wrong codes', async () => {
      const outcomes: string[] = []
      for (let n = 0; n < 4; n += 1) {
        const step = await trying(PASSWORD).catch((error: unknown) => (error as { code: string }).code)
        if (typeof step === 'string') outcomes.push(step)
        else
          outcomes.push(
            await codeOf(signInTotp(world, { signingIn: half(step.person, 'totp'), code: '000000', address })),
          )
      }
      expect(outcomes.at(-1)).to.equal('sign_in.locked')
    })

    it('is stored sealed, never in clear', async () => {
      const stored = JSON.stringify(await world.staff.find(world.county, officer._id))
      expect(stored).not.to.include(secret)
    })

    it('gives up after ten minutes between password and code', async () => {
      const { person } = await trying(PASSWORD)
      const signingIn = half(person, 'totp')
      world.clock.pass(601)
      expect(await codeOf(signInTotp(world, { signingIn, code: await codeNow(), address }))).to.equal(
        'sign_in.too_slow',
      )
    })
  })
})
