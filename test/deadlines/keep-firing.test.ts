import { expect } from 'chai'
import { keepFiring } from '../../src/deadlines/index.ts'
import { createQueues } from '../../src/platform/queues/index.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { fireDeadlineJob } from '../../workers/deadlines.worker.ts'
import { eventually, freshCounty } from '../support/database.ts'
import type { DeadlineWorld } from './a-deadline.ts'
import { aDeadlineWorld, anAckClock } from './a-deadline.ts'

const SUBJECT = 'case:025001234567'

describe('Deadlines - keep firing', () => {
  let world: DeadlineWorld
  let county: string

  before(async () => {
    world = await aDeadlineWorld('2026-11-28T23:40:10+08:00')
  })

  beforeEach(() => {
    county = freshCounty()
  })

  const startDue = async (inMs: number) => {
    const now = systemClock.now()
    const dueAt = new Date(now.getTime() + inMs)
    const clock = anAckClock(SUBJECT, now, { dueAt })
    await world.inCounty(county, (tx) => world.deadlines.startDeadline(tx, clock))
    return dueAt
  }
  const breach = async () => (await world.announced(county, SUBJECT)).find(({ type }) => type === 'deadline.breached')
  const services = () => ({
    ...world,
    clock: systemClock,
    inTransaction: world.inTransactionAt(systemClock),
    counties: () => Promise.resolve([county]),
    log: { warn: () => undefined, error: () => undefined },
  })

  it('the queue wakes a clock and the worker fires it', async () => {
    const { log } = services()
    const queues = createQueues({ redisUrl: process.env['REDIS_URL'] ?? '', prefix: `test-firing-${process.pid}`, log })
    const woken: unknown[] = []
    queues.process('deadlines', undefined, (payload) => {
      woken.push(payload)
      return fireDeadlineJob(services(), payload)
    })
    const stop = keepFiring({
      ...services(),
      wakeDeadline: ({ _id, county: of, version }, delayMs) =>
        queues.add('deadlines', { _id, county: of, version }, { delayMs, jobId: `${_id}/${version}` }),
    })
    const dueAt = await startDue(2_500)
    const told = await eventually('the breach', breach, 20_000)
    await stop()
    await queues.close()
    expect(woken).to.have.length(1)
    expect(told.at.getTime()).to.be.at.least(dueAt.getTime())
  })

  it('without any queue the sweep fires it', async () => {
    const stop = keepFiring({ ...services(), wakeDeadline: () => Promise.reject(new Error('no queue')) })
    await startDue(0)
    await eventually('the breach', breach, 20_000)
    await stop()
    const [clock] = await world.deadlines.openFor(county, SUBJECT)
    expect(clock).to.have.property('state', 'BREACHED')
  })

  it('refuses a job that makes no sense', async () => {
    const refused = await fireDeadlineJob(services(), { _id: 7 }).catch((error: unknown) => error)
    expect(refused).to.have.property('name', 'ZodError')
  })
})
