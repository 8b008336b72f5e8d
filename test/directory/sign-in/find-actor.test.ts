import { expect } from 'chai'
import { endSessions } from '../../../src/directory/own-account/own-settings.ts'
import { changePassword } from '../../../src/directory/own-account/change-password.ts'
import { makeOwnToken, revokeOwnToken } from '../../../src/directory/own-account/own-tokens.ts'
import { findActor } from '../../../src/directory/sign-in/find-actor.ts'
import { endStaff } from '../../../src/directory/staff/end-staff.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import type { FindActor } from '../../../src/platform/http/index.ts'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld, PASSWORD } from '../support/directory-world.ts'
import { codeOf } from '../support/refusal.ts'

describe('Directory - find actor', () => {
  let world: DirectoryWorld
  let find: FindActor
  let officer: Staff
  let admin: Staff
  const address = '10.3.3.3'

  beforeEach(async () => {
    world = await directoryWorld()
    find = findActor(world)
    officer = await world.person('D', [{ role: 'duty_officer', unit: world.township }])
    admin = await world.person('ADM', [{ role: 'administrator', unit: world.county }])
  })

  const request = (session: object | undefined, authorization?: string) =>
    ({ session, get: (name: string) => (name === 'authorization' ? authorization : undefined) }) as never

  const sessionOf = (person: Staff, more = {}) => ({
    staffId: person._id,
    county: person.county,
    generation: person.generation,
    signedInAt: world.clock.now().getTime(),
    ...more,
  })

  const token = async (days = 1) =>
    makeOwnToken(world, { label: '测试', days, password: PASSWORD, address }, world.by(officer))

  it('knows who has a session, with unit and roles', async () => {
    const found = await find(request(sessionOf(officer)))
    expect(found?.by).to.equal('session')
    expect(found?.actor).to.include({ kind: 'staff', staffId: officer._id, county: world.county, unit: world.township })
    expect(found?.actor.roles).to.deep.equal([{ role: 'duty_officer', unit: world.township }])
  })

  it('knows nobody without a session, or half-way through signing in', async () => {
    expect(await find(request(undefined))).to.equal(undefined)
    expect(await find(request({}))).to.equal(undefined)
    const halfWay = { signingIn: { staffId: officer._id, county: world.county, generation: 1, need: 'totp' } }
    expect(await find(request(halfWay))).to.equal(undefined)
  })

  it('knows nobody by a session of another generation, another county or too long ago', async () => {
    expect(await find(request(sessionOf(officer, { generation: 0 })))).to.equal(undefined)
    expect(await find(request(sessionOf(officer, { generation: undefined })))).to.equal(undefined)
    expect(await find(request(sessionOf(officer, { county: '999999' })))).to.equal(undefined)
    expect(await find(request(sessionOf(officer, { signedInAt: undefined })))).to.equal(undefined)
  })

  it('forgets everybody at once when sessions are ended, the password changes or the person leaves', async () => {
    const before = sessionOf(officer)
    const { generation } = await endSessions(world, world.by(officer))
    expect(await find(request(before))).to.equal(undefined)
    expect(await find(request({ ...before, generation }))).not.to.equal(undefined)
    const changed = await changePassword(
      world,
      { password: PASSWORD, next: 'Schnee-im-Dezember', address },
      world.by(officer),
    )
    expect(await find(request({ ...before, generation }))).to.equal(undefined)
    const now = { ...before, generation: changed.generation }
    expect(await find(request(now))).not.to.equal(undefined)
    const { version = 0 } = (await world.staff.find(world.county, officer._id)) ?? {}
    await endStaff(world, { staffId: officer._id, version }, world.by(admin))
    expect(await find(request({ ...now, generation: changed.generation + 1 }))).to.equal(undefined)
  })

  it('asks the database nothing for the second request', async () => {
    await find(request(sessionOf(officer)))
    const counted: string[] = []
    const watched = {
      ...world,
      staff: {
        ...world.staff,
        find: () => {
          counted.push('find')
          return Promise.resolve(undefined)
        },
      },
    }
    await findActor(watched)(request(sessionOf(officer)))
    expect(counted).to.deep.equal([])
  })

  describe('by token', () => {
    it('knows its owner', async () => {
      const found = await find(request(undefined, `Bearer ${(await token()).token}`))
      expect(found?.by).to.equal('token')
      expect(found?.actor.staffId).to.equal(officer._id)
    })

    it('does not fall back to the session when the token is bad', async () => {
      for (const bad of ['Bearer nonsense', `Bearer jjn_${world.county}_${'a'.repeat(43)}`, 'Basic YTpi', ''])
        expect(await find(request(sessionOf(officer), bad))).to.equal(undefined)
    })

    it('knows nobody once it is revoked or over', async () => {
      const short = await token(1)
      const kept = await token(30)
      world.clock.pass(86_400)
      expect(await find(request(undefined, `Bearer ${short.token}`))).to.equal(undefined)
      expect(await find(request(undefined, `Bearer ${kept.token}`))).not.to.equal(undefined)
      await revokeOwnToken(world, kept.id, world.by(officer))
      expect(await findActor(world)(request(undefined, `Bearer ${kept.token}`))).to.equal(undefined)
      expect(await codeOf(revokeOwnToken(world, kept.id, world.by(officer)))).to.equal('token.not_found')
    })

    it('is stored as a digest only and told once', async () => {
      const key = 'token-key-1'
      const input = { label: '测试', days: 1, password: PASSWORD, address }
      const made = await makeOwnToken(world, input, world.by(officer, key))
      const again = await makeOwnToken(world, input, world.by(officer, key))
      expect(again).not.to.have.property('token')
      const stored = JSON.stringify(await world.tokens.list(world.county, officer._id))
      expect(stored).not.to.include(made.token?.slice(11))
    })

    it('needs the password once more to be made', async () => {
      const input = { label: '测试', days: 1, password: 'wrong-password', address }
      expect(await codeOf(makeOwnToken(world, input, world.by(officer)))).to.equal('password.wrong')
    })

    it('cannot be revoked by somebody else', async () => {
      const { id } = await token()
      expect(await codeOf(revokeOwnToken(world, id, world.by(admin)))).to.equal('token.not_found')
    })
  })
})
