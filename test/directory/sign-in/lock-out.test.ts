import { expect } from 'chai'
import { newId } from '../../../src/shared/ids.ts'
import type { DirectoryWorld } from '../support/directory-world.ts'
import { directoryWorld } from '../support/directory-world.ts'

describe('Directory - lock-out', () => {
  let world: DirectoryWorld
  let account: string
  let address: string

  beforeEach(async () => {
    world = await directoryWorld()
    account = `guess-${newId().slice(-12)}`
    address = `fd00::${newId().slice(-4)}`
  })

  const tries = async (count: number, from = address) => {
    const locks: (number | undefined)[] = []
    for (let n = 0; n < count; n += 1) {
      const until = await world.lockOut.begin({ account, address: from })
      locks.push(until && (until.getTime() - world.clock.now().getTime()) / 60_000)
    }
    return locks
  }

  it('lets five tries through and then nothing for a minute', async () => {
    expect(await tries(7)).to.deep.equal([undefined, undefined, undefined, undefined, undefined, 1, 1])
  })

  it('doubles the wait with each try after that, up to an hour', async () => {
    await tries(5)
    const waits: (number | undefined)[] = []
    for (let n = 0; n < 8; n += 1) {
      const [wait] = await tries(1)
      waits.push(wait)
      world.clock.pass((wait ?? 0) * 60)
      expect(await tries(1)).to.deep.equal([undefined])
    }
    expect(waits).to.deep.equal([1, 2, 4, 8, 16, 32, 60, 60])
  })

  it('lets no more through when many come at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => world.lockOut.begin({ account, address })))
    expect(all.filter((until) => until === undefined)).to.have.length(5)
  })

  it('counts a name that does not exist like one that does', async () => {
    account = '没有这个人'
    await world.lockOut.unlock(account)
    expect((await tries(6)).at(-1)).to.equal(1)
    await world.lockOut.unlock(account)
  })

  it('takes an account in capitals or full width for the same', async () => {
    await tries(5)
    account = account.toUpperCase().replaceAll('-', '－')
    expect((await tries(1))[0]).to.equal(1)
  })

  it('locks an address that tries many accounts', async () => {
    const results: boolean[] = []
    for (let n = 0; n < 31; n += 1) {
      const until = await world.lockOut.begin({ account: `${account}-${n}`, address })
      results.push(until === undefined)
    }
    expect(results.filter(Boolean)).to.have.length(30)
    expect(results.at(-1)).to.equal(false)
  })

  it('does not count what was right against the address', async () => {
    for (let n = 0; n < 40; n += 1) {
      const attempt = { account: `${account}-${n}`, address }
      expect(await world.lockOut.begin(attempt)).to.equal(undefined)
      await world.lockOut.passed(attempt)
    }
  })

  it('counts a step that was right against the account until the whole sign-in succeeds', async () => {
    for (let n = 0; n < 5; n += 1) {
      await world.lockOut.begin({ account, address })
      await world.lockOut.passed({ account, address })
    }
    expect(await tries(1)).to.deep.equal([1])
  })

  it('does not keep out the address that signed in lately', async () => {
    await tries(1, '10.0.0.9')
    await world.lockOut.succeed({ account, address: '10.0.0.9' })
    await tries(8)
    expect(await tries(1)).to.deep.equal([1])
    expect(await tries(1, '10.0.0.9')).to.deep.equal([undefined])
  })

  it('locks that address too after five tries of its own', async () => {
    await world.lockOut.succeed({ account, address: '10.0.0.9' })
    expect((await tries(6, '10.0.0.9')).at(-1)).to.equal(1)
  })

  it('forgets everything when an administrator unlocks', async () => {
    await tries(6)
    await world.lockOut.unlock(account)
    expect(await world.lockOut.lockedUntil(account)).to.equal(undefined)
    expect(await tries(1, 'fd00::77')).to.deep.equal([undefined])
  })
})
