import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { deadlinesApi } from '../../src/deadlines/index.ts'
import { digestCommandsWith, problemHandler } from '../../src/platform/http/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { anActor } from '../support/actors.ts'
import { freshCounty } from '../support/database.ts'
import type { DeadlineWorld } from './a-deadline.ts'
import { aDeadlineWorld, anAckClock } from './a-deadline.ts'

interface Listed {
  readonly items: readonly { name: string; unit: string; state: string; dueAt: string; subject: string }[]
  readonly next: string | null
  readonly code?: string
}

describe('Deadlines - API', () => {
  let world: DeadlineWorld
  let county: string

  before(async () => {
    world = await aDeadlineWorld('2026-11-28T23:40:10+08:00')
    county = freshCounty()
    const now = world.clock.now()
    const due = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
    const [north, south] = [`${county}103`, `${county}104`]
    await world.inCounty(county, async (tx) => {
      await world.deadlines.startDeadlines(tx, [
        anAckClock('case:1', now, { unit: north, staffId: 'D-1', dueAt: due(30) }),
        anAckClock('case:1', now, { unit: north, name: 'quick.total', dueAt: due(4_320) }),
        anAckClock('case:2', now, { unit: south, dueAt: due(10) }),
        anAckClock('case:3', now, { unit: north, dueAt: due(5) }),
      ])
      await world.deadlines.meetDeadlines(tx, 'case:3', ['dispatch.ack'])
    })
  })

  const ask = async (actor: Actor, query = ''): Promise<{ status: number; body: Listed }> => {
    const app = express()
    digestCommandsWith(app, 'a secret of this test')
    app.use((_req, res, next) => {
      res.locals['actor'] = actor
      next()
    })
    app.use('/api/v1', deadlinesApi(world).router)
    app.use(problemHandler({ words: (_lng, code) => code, log: { error: () => undefined, info: () => undefined } }))
    const answer = await request(app).get(`/api/v1/deadlines${query}`)
    return { status: answer.status, body: answer.body as Listed }
  }
  const named = ({ body }: { body: Listed }) => body.items.map(({ subject, name }) => `${subject} ${name}`)

  it('the county sees what is owed in it, the nearest first', async () => {
    const answer = await ask(anActor(county, 'county_civil'))
    expect(named(answer)).to.deep.equal(['case:2 dispatch.ack', 'case:1 dispatch.ack', 'case:1 quick.total'])
    expect(answer.body.items[0]).to.deep.include({ state: 'RUNNING', dueAt: '2026-11-28T15:50:10.000Z' })
    expect(answer.body.items[0]).to.not.have.property('nextAt')
  })

  it('a township sees its own, an operator only what he owes himself', async () => {
    const officer = await ask(anActor(county, 'duty_officer', `${county}103`))
    expect(named(officer)).to.deep.equal(['case:1 dispatch.ack', 'case:1 quick.total'])
    expect(named(await ask(anActor(county, 'operator', county, 'D-1')))).to.deep.equal(['case:1 dispatch.ack'])
    expect(named(await ask(anActor(freshCounty(), 'county_civil')))).to.deep.equal([])
    expect((await ask(anActor(county, 'observer'))).status).to.equal(403)
  })

  it('narrows by case, name, state and time', async () => {
    const actor = anActor(county, 'county_civil')
    expect(named(await ask(actor, '?subject=case:1'))).to.have.length(2)
    expect(named(await ask(actor, '?name=quick.total'))).to.deep.equal(['case:1 quick.total'])
    expect(named(await ask(actor, '?state=MET'))).to.deep.equal(['case:3 dispatch.ack'])
    expect(named(await ask(actor, '?open=false'))).to.deep.equal(['case:3 dispatch.ack'])
    expect(named(await ask(actor, '?open=all'))).to.have.length(4)
    expect(named(await ask(actor, '?dueBefore=2026-11-28T23:55:00%2B08:00'))).to.deep.equal(['case:2 dispatch.ack'])
  })

  it('pages by cursor without leaving out or repeating', async () => {
    const actor = anActor(county, 'county_civil')
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 4; page += 1) {
      const answer = await ask(actor, `?limit=1${after}`)
      seen.push(...named(answer))
      if (answer.body.next === null) break
      after = `&after=${encodeURIComponent(answer.body.next)}`
    }
    expect(seen).to.deep.equal(['case:2 dispatch.ack', 'case:1 dispatch.ack', 'case:1 quick.total'])
  })

  it('refuses what is no question', async () => {
    const actor = anActor(county, 'county_civil')
    for (const query of ['?state=LATE', '?limit=0', '?subject=1', '?dueBefore=tomorrow', '?after=x'])
      expect((await ask(actor, query)).body.code, query).to.equal('form.invalid')
  })
})
