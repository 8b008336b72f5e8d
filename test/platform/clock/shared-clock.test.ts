import { expect } from 'chai'
import { Redis } from 'ioredis'
import type { SharedClock } from '../../../src/platform/clock/index.ts'
import { createSharedClock } from '../../../src/platform/clock/index.ts'
import { channelName } from '../../../src/platform/redis/index.ts'
import { eventually } from '../../support/database.ts'

const redisUrl = process.env['REDIS_URL'] ?? ''
const START = new Date('2026-11-28T23:40:10+08:00')
let installation = 0

describe('Platform - shared test clock', () => {
  let connections: Redis[]
  let clocks: SharedClock[]

  const connect = (): Redis => {
    const redis = new Redis(redisUrl, { keyPrefix: `test:${process.pid}:` })
    connections.push(redis)
    return redis
  }
  /** A process of its own, as far as the clock can tell. */
  const join = async (startAt = START): Promise<SharedClock> => {
    const name = `clock-${installation}`
    const clock = await createSharedClock({ redis: connect(), subscriber: connect(), name, startAt })
    clocks.push(clock)
    return clock
  }
  const codeOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'moved',
      (error: unknown) => (error as { code: string }).code,
    )

  beforeEach(() => {
    installation += 1
    connections = []
    clocks = []
  })

  afterEach(async () => {
    await Promise.all(clocks.map((clock) => clock.close()))
    for (const connection of connections) connection.disconnect()
  })

  it('stands still, and whoever comes later sees the time that is', async () => {
    const first = await join()
    await first.advance(60)
    const second = await join(new Date('2030-01-01T00:00:00Z'))
    expect(second.now()).to.deep.equal(new Date('2026-11-28T23:41:10+08:00'))
    expect(first.now()).to.deep.equal(second.now())
  })

  it('shows the new time in every process as soon as the move is answered', async () => {
    const all = await Promise.all([join(), join(), join(), join()])
    for (let minute = 1; minute <= 20; minute += 1) {
      await all[minute % 4]!.advance(60)
      const expected = new Date(START.getTime() + minute * 60_000)
      expect(all.map((clock) => clock.now())).to.deep.equal(all.map(() => expected))
    }
  })

  it('moves forward only', async () => {
    const [one, two] = await Promise.all([join(), join()])
    await one.setClock(new Date('2026-12-01T00:00:00+08:00'))
    expect(await codeOf(two.setClock(new Date('2026-11-30T00:00:00+08:00')))).to.equal('clock.backward')
    expect(two.now()).to.deep.equal(new Date('2026-12-01T00:00:00+08:00'))
    expect(await codeOf(two.setClock(two.now()))).to.equal('moved')
  })

  it('two that move at once leave the later time everywhere', async () => {
    const [one, two] = await Promise.all([join(), join()])
    const moments = [1, 2, 3, 4, 5].map((hour) => new Date(START.getTime() + hour * 3_600_000))
    await Promise.all(moments.map((at, n) => codeOf((n % 2 === 0 ? one : two).setClock(at))))
    expect([one.now(), two.now()]).to.deep.equal([moments[4], moments[4]])
  })

  it('does not wait for ever for a process that is frozen', async () => {
    const clock = await join()
    const deaf = connect()
    await deaf.subscribe(channelName(deaf, `clock-${installation}:moved`))
    const startedAt = performance.now()
    await clock.advance(1)
    expect(performance.now() - startedAt).to.be.within(1_900, 3_500)
  })

  it('catches up after a lost message', async () => {
    const [one, two] = await Promise.all([join(), join()])
    connections[3]!.disconnect()
    await one.advance(60)
    connections[3]!.connect().catch(() => undefined)
    await eventually('the other clock', () => Promise.resolve(two.now().getTime() === one.now().getTime()))
  })
})
