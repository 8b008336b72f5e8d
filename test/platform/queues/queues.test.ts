import { expect } from 'chai'
import { Registry } from 'prom-client'
import { z } from 'zod'
import type { Queues } from '../../../src/platform/queues/index.ts'
import { createQueues, measureQueues } from '../../../src/platform/queues/index.ts'
import { eventually } from '../../support/database.ts'

const redisUrl = process.env['REDIS_URL'] ?? ''
let installation = 0

describe('Platform - queues', () => {
  let queues: Queues
  let told: { level: 'warn' | 'error'; message: string }[]

  beforeEach(() => {
    told = []
    installation += 1
    const tell = (level: 'warn' | 'error') => (_details: object, message: string) => void told.push({ level, message })
    const log = { warn: tell('warn'), error: tell('error') }
    queues = createQueues({ redisUrl, prefix: `test-${process.pid}-${installation}`, log })
  })

  afterEach(() => queues.close())

  const errors = () => told.filter(({ level }) => level === 'error').map(({ message }) => message)

  it('does a job with what it carries', async () => {
    const done: unknown[] = []
    queues.process('deadlines', 2, (payload) => Promise.resolve(done.push(payload)))
    await queues.add('deadlines', { _id: 'a', version: 1 })
    await eventually('the job', () => Promise.resolve(done.length > 0))
    expect(done).to.deep.equal([{ _id: 'a', version: 1 }])
  })

  it('waits with a delayed job', async () => {
    const startedAt = performance.now()
    let waitedMs = 0
    queues.process('deadlines', 1, () => Promise.resolve((waitedMs = performance.now() - startedAt)))
    await queues.add('deadlines', {}, { delayMs: 150 })
    await eventually('the delayed job', () => Promise.resolve(waitedMs > 0))
    expect(waitedMs).to.be.at.least(145)
  })

  it('takes the same id once while it waits, and again when it is done', async () => {
    const done: unknown[] = []
    await queues.add('deadlines', { n: 1 }, { jobId: 'x:1' })
    await queues.add('deadlines', { n: 2 }, { jobId: 'x:1' })
    queues.process('deadlines', 1, (payload) => Promise.resolve(done.push(payload)))
    await eventually('the first', () => Promise.resolve(done.length > 0))
    await eventually('an empty queue', async () => {
      const [health] = await queues.health()
      return health?.active === 0 && health.waiting === 0
    })
    await queues.add('deadlines', { n: 3 }, { jobId: 'x:1' })
    await eventually('the second', () => Promise.resolve(done.length > 1))
    expect(done).to.deep.equal([{ n: 1 }, { n: 3 }])
  })

  it('tries again after a failure, without calling anybody', async () => {
    let tries = 0
    queues.process('deadlines', 1, () => {
      tries += 1
      return tries < 3 ? Promise.reject(new Error('away')) : Promise.resolve()
    })
    await queues.add('deadlines', {})
    await eventually('the third try', () => Promise.resolve(tries === 3))
    expect(errors()).to.deep.equal([])
  })

  it('gives a job up after its tries and says so once', async () => {
    let tries = 0
    queues.process('deadlines', 1, () => {
      tries += 1
      return Promise.reject(new Error('broken'))
    })
    await queues.add('deadlines', {})
    await eventually('giving up', () => Promise.resolve(errors().length > 0))
    expect(tries).to.equal(3)
    expect(errors()).to.deep.equal(['a job was given up'])
  })

  it('does not try a job again whose payload makes no sense', async () => {
    let tries = 0
    queues.process('notifications', 1, (payload) => {
      tries += 1
      return Promise.resolve(z.object({ id: z.string() }).parse(payload))
    })
    await queues.add('notifications', { id: 7 })
    await eventually('giving up', () => Promise.resolve(errors().length > 0))
    expect(tries).to.equal(1)
    const health = await queues.health()
    expect(health.find(({ name }) => name === 'notifications')).to.deep.include({ failed: 1, delayed: 0, waiting: 0 })
  })

  it('says how full it is, also on /metrics', async () => {
    await queues.add('deadlines', { n: 1 })
    await queues.add('deadlines', { n: 2 }, { delayMs: 60_000 })
    await queues.ping()
    const health = await queues.health()
    expect(health.find(({ name }) => name === 'deadlines')).to.deep.include({ waiting: 1, delayed: 1, active: 0 })
    const registry = new Registry()
    measureQueues(queues, registry)
    expect(await registry.metrics()).to.include('jiujinan_queue_jobs{queue="deadlines",state="delayed"} 1')
  })

  it('lets a running job finish before it closes', async () => {
    const finish: (() => void)[] = []
    let isDone = false
    queues.process('deadlines', 1, async () => {
      await new Promise<void>((resolve) => finish.push(resolve))
      isDone = true
    })
    await queues.add('deadlines', {})
    await eventually('the job to begin', () => Promise.resolve(finish.length > 0))
    const closing = queues.close()
    finish.forEach((end) => end())
    await closing
    expect(isDone).to.be.true
  })

  it('says soon that Redis takes no job', async () => {
    const away = createQueues({
      redisUrl: 'redis://127.0.0.1:1',
      prefix: 'away',
      log: { warn: () => undefined, error: () => undefined },
    })
    const startedAt = performance.now()
    const outcomes = await Promise.all([
      away.add('deadlines', {}).then(
        () => 'taken',
        () => 'refused',
      ),
      away.ping().then(
        () => 'there',
        () => 'away',
      ),
    ])
    expect(outcomes).to.deep.equal(['refused', 'away'])
    expect(performance.now() - startedAt).to.be.below(4_000)
    await away.close()
  })
})
