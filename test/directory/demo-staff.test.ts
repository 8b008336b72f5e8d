import { expect } from 'chai'
import { seedDirectory } from '../../scripts/demo/staff.ts'
import { dutyLadder, secondOnDuty, watchRoster } from '../../src/directory/index.ts'
import { checkRoles } from '../../src/directory/staff/check-roles.ts'
import { signIn } from '../../src/directory/sign-in/sign-in.ts'
import { freshCounty } from '../support/database.ts'
import type { DirectoryWorld } from './support/directory-world.ts'
import { directoryWorld } from './support/directory-world.ts'

describe('Directory - demo staff', () => {
  let world: DirectoryWorld
  let hm: string
  let hd: string
  const passwordOf = () => 'Demo-Passwort-2026'

  before(async () => {
    world = await directoryWorld()
    hm = freshCounty()
    hd = freshCounty()
    await seedDirectory(world, { county: hm, profile: 'HM-TEST', passwordOf })
    await seedDirectory(world, { county: hd, profile: 'HD-TEST', passwordOf })
  })

  it('holds everybody of the shared fixture', async () => {
    const { all } = await world.staff.book(hm)
    const accounts = all.map(({ account }) => account.replace(`${hm}-`, ''))
    expect(accounts).to.include.members([
      'D-常乐',
      'B-正余',
      'H-海永',
      'W-悦来',
      'K-余东',
      'V-四甲',
      'O6',
      'M-残联-2',
      'PV1',
    ])
    expect(accounts).to.have.length(6 * 6 + 12 + 18 + 8)
    expect((await world.staff.book(hd)).all).to.have.length(11 * 6 + 12 + 18 + 8)
    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length)
  })

  it('gives nobody a role that cannot be held', async () => {
    for (const county of [hm, hd]) {
      const units = await world.units.book(county)
      for (const { roles } of (await world.staff.book(county)).all) checkRoles(roles, units, world.clock.now())
    }
  })

  it('has in 常乐镇 D, then B, then H, then the county, at any hour', async () => {
    for (const at of ['2026-11-28T23:40:10+08:00', '2026-12-02T02:50:00+08:00', '2026-12-07T12:00:00+08:00']) {
      const ladder = await dutyLadder(world, { county: hm, unit: `${hm}103`, at: new Date(at) })
      expect(ladder.map(({ account, reason }) => `${account.replace(`${hm}-`, '')} ${reason}`)).to.deep.equal([
        'D-常乐 roster',
        'B-常乐 stand_in',
        'H-常乐 head',
        'C1 county',
      ])
    }
  })

  it('has three operators at night and the three others by day', async () => {
    const at = async (time: string) => {
      const ladder = await dutyLadder(world, {
        county: hm,
        unit: `${hm}-hotline`,
        at: new Date(time),
        line: `${hm}-line`,
      })
      return ladder.filter(({ reason }) => reason === 'roster').map(({ account }) => account.slice(-2))
    }
    expect(await at('2026-11-28T23:40:10+08:00')).to.have.members(['O1', 'O2', 'O3'])
    expect(await at('2026-11-29T08:00:00+08:00')).to.have.members(['O4', 'O5', 'O6'])
  })

  it('has the cashier as second person at night', async () => {
    const second = await secondOnDuty(world, { county: hm, unit: `${hm}107`, at: world.clock.now() })
    expect(second.map(({ account }) => account)).to.deep.equal([`${hm}-K-正余`])
  })

  it('leaves no township and no line unmanned', async () => {
    expect(await watchRoster(world, hm)).to.deep.equal([])
    expect(await watchRoster(world, hd)).to.deep.equal([])
  })

  it('is reached under one number per county', async () => {
    const line = await world.hotlines.byNumber(`+8612${hd}000`, world.clock.now())
    expect(line?.county).to.equal(hd)
  })

  it('signs in with the password of the demo', async () => {
    const attempt = { account: `HD-${hd}-D-九曲`, password: passwordOf(), address: '10.2.3.4' }
    expect((await signIn(world, attempt)).person.unit).to.equal(`${hd}001`)
  })

  it('changes nothing when it is put in again', async () => {
    const before = await world.staff.book(hm)
    await seedDirectory(world, { county: hm, profile: 'HM-TEST', passwordOf: () => 'another-password' })
    expect((await world.staff.book(hm)).all).to.deep.equal(before.all)
    expect((await world.roster.book(hm)).shiftsOf(`${hm}103`)).to.have.length(3)
  })
})
