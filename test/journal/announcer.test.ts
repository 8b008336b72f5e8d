import { expect } from 'chai'
import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Announcer, Feed, InTransaction, OutboxRow, Reaction } from '../../src/journal/index.ts'
import { createAnnouncer, createFeed, createInTransaction, journalModels } from '../../src/journal/index.ts'
import { native } from '../../src/platform/mongo/index.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { anActor, byOf } from '../support/actors.ts'
import { eventually, freshCounty, testStores } from '../support/database.ts'

describe('Journal - announcer', () => {
  let county: string
  let connection: Connection
  let redis: Redis
  let feed: Feed
  let inTransaction: InTransaction
  let announcer: Announcer
  let followed: string[]
  let keys: string[]
  let follow: (fact: OutboxRow) => Promise<void>
  const errors: object[] = []

  before(async () => {
    ;({ connection, redis } = await testStores(journalModels))
    feed = createFeed(redis)
    inTransaction = createInTransaction({ connection, clock: systemClock, wake: () => undefined })
  })

  beforeEach(() => {
    county = freshCounty()
    followed = []
    keys = []
    follow = (fact) => Promise.resolve(void followed.push(`${fact.stream} ${fact.seq}`))
    announcer = anAnnouncer()
  })

  afterEach(() => announcer.stop())

  const anAnnouncer = (): Announcer => {
    const reactionsTo = (type: string): Reaction[] =>
      type === 'thing.done' ? [{ name: 'follow', run: (fact, by) => (keys.push(by.key), follow(fact)) }] : []
    const log = { error: (details: object) => void errors.push(details) }
    return createAnnouncer({ connection, redis, feed, roomsOf: ({ stream }) => [stream], reactionsTo, log })
  }
  const tell = (stream: string, type = 'thing.done') =>
    inTransaction(byOf(anActor(county, 'operator')), (tx) => {
      tx.announce({ stream, type, data: {} })
      return Promise.resolve(null)
    })
  const shown = async (room: string): Promise<number[]> => {
    const events = await feed.since(county, room, '0-0')
    return events === 'reset' ? [] : events.map(({ seq }) => seq)
  }
  const left = async (): Promise<number[]> => {
    const { outbox, reactions } = journalModels(connection)
    return [await native(outbox).countDocuments({ county }), await native(reactions).countDocuments({ county })]
  }

  it('shows facts in the order of their stream, follows them up and leaves nothing waiting', async () => {
    for (let fact = 0; fact < 5; fact += 1) await tell('case:1')
    await announcer.announceAll(county)
    expect(await shown('case:1')).to.deep.equal([1, 2, 3, 4, 5])
    expect(followed).to.deep.equal([1, 2, 3, 4, 5].map((seq) => `case:1 ${seq}`))
    expect(await left()).to.deep.equal([0, 0])
  })

  it('shows a new fact while an earlier one is still being followed up', async () => {
    let finish = (): void => undefined
    follow = () => new Promise((resolve) => (finish = resolve))
    await tell('case:1')
    const slow = announcer.announceAll(county)
    await eventually('the first is shown', async () => (await shown('case:1')).length === 1)
    await tell('case:2', 'thing.seen')
    const quick = announcer.announceAll(county)
    await eventually('the second is shown', async () => (await shown('case:2')).length === 1)
    expect(await left()).to.deep.equal([0, 1])
    finish()
    await Promise.all([slow, quick])
    expect(await left()).to.deep.equal([0, 0])
  })

  it('holds up only the stream whose follow-up fails, and goes on there when it succeeds', async () => {
    let isBroken = true
    const note = follow
    follow = (fact) => (isBroken && fact.stream === 'case:1' ? Promise.reject(new Error('away')) : note(fact))
    await tell('case:1')
    await tell('case:1')
    await tell('case:2')
    await announcer.announceAll(county)
    expect(followed).to.deep.equal(['case:2 1'])
    isBroken = false
    await announcer.announceAll(county)
    expect(followed).to.deep.equal(['case:2 1', 'case:1 1', 'case:1 2'])
  })

  it('parks a fact whose follow-up fails twenty times, says so, and goes on with the next', async () => {
    const note = follow
    follow = (fact) => (fact.seq === 1 ? Promise.reject(new Error('never')) : note(fact))
    await tell('case:1')
    await tell('case:1')
    for (let round = 0; round < 20; round += 1) await announcer.announceAll(county)
    expect(followed).to.deep.equal(['case:1 2'])
    expect(errors.at(-1)).to.include({ type: 'thing.done' })
    expect(await connection.collection('outbox_parked').countDocuments({ county })).to.equal(1)
    expect(await left()).to.deep.equal([0, 0])
  })

  it('lets one process announce at a time, and another go on once it has ended', async () => {
    const second = anAnnouncer()
    let finish = (): void => undefined
    follow = () => new Promise((resolve) => (finish = resolve))
    await tell('case:1')
    const first = announcer.announceAll(county)
    await eventually('it is being followed up', async () => (await left())[1] === 1)
    await tell('case:2', 'thing.seen')
    await second.announceAll(county)
    expect(await shown('case:2')).to.deep.equal([])
    finish()
    await first
    await announcer.stop()
    await second.announceAll(county)
    await second.stop()
    expect(await left()).to.deep.equal([0, 0])
    expect(await shown('case:1')).to.deep.equal([1])
    expect(await shown('case:2')).to.deep.equal([1])
  })

  it('shows again, and follows up with the same key, what a process left half done', async () => {
    await tell('case:1')
    const [row] = await native(journalModels(connection).outbox).find({ county }).toArray()
    await announcer.announceAll(county)
    await native(journalModels(connection).outbox).insertOne(row as OutboxRow)
    await announcer.announceAll(county)
    expect(await shown('case:1')).to.deep.equal([1, 1])
    expect(keys).to.deep.equal([keys[0], keys[0]])
    expect(await left()).to.deep.equal([0, 0])
  })
})
