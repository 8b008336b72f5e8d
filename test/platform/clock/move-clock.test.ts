import { expect } from 'chai'
import express from 'express'
import fc from 'fast-check'
import request from 'supertest'
import type { SharedClock, TimePassing } from '../../../src/platform/clock/index.ts'
import { createClockMover } from '../../../src/platform/clock/index.ts'
import { problemHandler } from '../../../src/platform/http/index.ts'
import { testClockRouter } from '../../../src/platform/http/test-clock-routes.ts'

const START = Date.parse('2026-11-28T23:40:10+08:00')

/** A clock of one process. */
function aSharedClock(): SharedClock & { readonly stops: number[] } {
  let now = START
  const stops: number[] = []
  const setClock = (at: Date): Promise<Date> => {
    now = at.getTime()
    stops.push(now - START)
    return Promise.resolve(at)
  }
  return {
    stops,
    now: () => new Date(now),
    setClock,
    advance: (seconds) => setClock(new Date(now + seconds * 1000)),
    close: () => Promise.resolve(),
  }
}

/** Alarms at milliseconds after the start; when one rings it may set further ones. */
function alarms(clock: SharedClock, at: number[], andThen: (rang: number) => number[] = () => []) {
  const rang: { at: number; seenAt: number }[] = []
  const waiting = [...at]
  const time: TimePassing = {
    nextDueAt: (until) => {
      const next = Math.min(...waiting)
      return Promise.resolve(START + next <= until.getTime() ? new Date(START + next) : undefined)
    },
    async settle() {
      for (;;) {
        const next = waiting.sort((a, b) => a - b)[0]
        if (next === undefined || START + next > clock.now().getTime()) return
        waiting.shift()
        rang.push({ at: next, seenAt: clock.now().getTime() - START })
        await Promise.resolve()
        waiting.push(...andThen(next))
      }
    },
  }
  return { time, rang }
}

describe('Platform - moving the test clock', () => {
  it('stops at every due moment, in order, with the clock at that moment', async () => {
    const clock = aSharedClock()
    const { time, rang } = alarms(clock, [3_000, 1_000, 2_000, 9_000])
    const moved = await createClockMover(clock, time).move({ advanceSeconds: 5 })
    expect(rang).to.deep.equal([1_000, 2_000, 3_000].map((at) => ({ at, seenAt: at })))
    expect(moved.getTime() - START).to.equal(5_000)
  })

  it('lets a chain run that begins on the way: what a firing starts fires too', async () => {
    const clock = aSharedClock()
    const { time, rang } = alarms(clock, [15 * 60_000], (at) => (at < 30 * 60_000 ? [at + 5 * 60_000] : []))
    await createClockMover(clock, time).move({ at: new Date(START + 3_600_000) })
    expect(rang.map(({ seenAt }) => seenAt / 60_000)).to.deep.equal([15, 20, 25, 30])
  })

  it('does what is due now before it moves', async () => {
    const clock = aSharedClock()
    const { time, rang } = alarms(clock, [-1_000, 0])
    await createClockMover(clock, time).move({ advanceSeconds: 60 })
    expect(rang.map(({ seenAt }) => seenAt)).to.deep.equal([0, 0])
  })

  it('for any alarms and jumps every alarm rings once, at its own time', async () => {
    const moments = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 30 })
    const jumps = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(moments, jumps, async (at, seconds) => {
        const clock = aSharedClock()
        const { time, rang } = alarms(clock, at)
        const mover = createClockMover(clock, time)
        await Promise.all(seconds.map((advanceSeconds) => mover.move({ advanceSeconds })))
        const end = seconds.reduce((sum, next) => sum + next, 0) * 1000
        expect(rang.map(({ at: rangAt }) => rangAt)).to.deep.equal(at.filter((due) => due <= end).sort((a, b) => a - b))
        expect(rang.every(({ at: rangAt, seenAt }) => rangAt === seenAt)).to.be.true
        expect([...clock.stops].sort((a, b) => a - b)).to.deep.equal(clock.stops)
      }),
    )
  })

  it('says so when what is due does not get done', async () => {
    const clock = aSharedClock()
    const stuck: TimePassing = {
      nextDueAt: () => Promise.resolve(new Date(START + 1_000)),
      settle: () => Promise.resolve(),
    }
    const refused = await createClockMover(clock, stuck)
      .move({ advanceSeconds: 5 })
      .catch((error: unknown) => error)
    expect(refused).to.have.property('code', 'clock.stuck')
  })

  it('refuses a way with more stops than any story has', async () => {
    const clock = aSharedClock()
    const { time } = alarms(clock, [1], (at) => [at + 1])
    const refused = await createClockMover(clock, time)
      .move({ advanceSeconds: 60 })
      .catch((error: unknown) => error)
    expect(refused).to.have.property('code', 'clock.too_many_stops')
  })

  it('goes on after a refused move', async () => {
    const clock = aSharedClock()
    const mover = createClockMover(clock, alarms(clock, []).time)
    const backward = await mover.move({ at: new Date(START - 1) }).catch((error: unknown) => error)
    expect(backward).to.have.property('code', 'clock.backward')
    expect((await mover.move({ advanceSeconds: 1 })).getTime()).to.equal(START + 1_000)
  })

  describe('over http', () => {
    const app = (clock = aSharedClock()) =>
      express()
        .use(testClockRouter(createClockMover(clock, alarms(clock, []).time)))
        .use(problemHandler({ words: (_lng, code) => code, log: { error: () => undefined, info: () => undefined } }))
    const post = (body: object | string) =>
      request(app()).post('/test/clock').set('accept', 'application/json').type('json').send(body)

    it('tells the time and moves it', async () => {
      const http = app()
      const before = await request(http).get('/test/clock')
      expect(before.body).to.deep.equal({ now: '2026-11-28T15:40:10.000Z' })
      const moved = await request(http).post('/test/clock').send({ at: '2026-11-29T00:10:10+08:00' })
      expect(moved.body).to.deep.equal({ now: '2026-11-28T16:10:10.000Z' })
      const further = await request(http).post('/test/clock').send({ advanceSeconds: 60 })
      expect(further.body).to.deep.equal({ now: '2026-11-28T16:11:10.000Z' })
    })

    for (const body of [
      {},
      { at: '2026-11-29T00:10:10' },
      { at: 'tomorrow' },
      { advanceSeconds: -1 },
      { advanceSeconds: 'x' },
      { advanceSeconds: 1, at: '2026-11-29T00:10:10+08:00' },
    ])
      it(`refuses ${JSON.stringify(body)}`, async () => {
        const refused = await post(body)
        expect([refused.status, (refused.body as { code: string }).code]).to.deep.equal([400, 'form.invalid'])
      })

    it('refuses to go back', async () => {
      const refused = await post({ at: '2026-11-01T00:00:00+08:00' })
      expect([refused.status, (refused.body as { code: string }).code]).to.deep.equal([422, 'clock.backward'])
    })
  })
})
