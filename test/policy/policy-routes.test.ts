import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { problemHandler } from '../../src/platform/http/index.ts'
import { journalModels } from '../../src/journal/index.ts'
import {
  createPolicies,
  createPolicyStore,
  installNationalDefaults,
  policyApi,
  policyModels,
  recordPolicyValues,
} from '../../src/policy/index.ts'
import { createInTransaction } from '../../src/journal/index.ts'
import { createUnitStore, directoryModels } from '../../src/directory/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty, testStores } from '../support/database.ts'

const AT = new Date('2026-12-01T09:00:00+08:00')
const clock = { now: () => AT }

interface Listed {
  readonly scope: string
  readonly items: readonly { key: string; value: unknown; scope: string; source: { id: string } }[]
  readonly missing: readonly string[]
  readonly code?: string
}

describe('Policy - API', () => {
  let county: string
  let ask: (actor: Actor, query?: string) => Promise<{ status: number; body: Listed }>

  before(async () => {
    const { connection } = await testStores((opened) => {
      journalModels(opened)
      directoryModels(opened)
      policyModels(opened)
    })
    county = freshCounty()
    const policyStore = createPolicyStore(connection)
    const inTransaction = createInTransaction({ connection, clock, wake: () => undefined })
    await installNationalDefaults({ policyStore })
    const source = { id: 'TEST', title: '测试文件' }
    const value = { scope: county, key: 'handle.reply_wd', value: 4, validFrom: '2026-11-01', source } as const
    await recordPolicyValues({ policyStore, inTransaction }, [value], byOf(systemActor(county)))
    const { policies } = createPolicies(policyStore)
    const { router } = policyApi({ policies, units: createUnitStore(connection), clock })
    ask = async (actor, query = '') => {
      const app = express()
      app.use((_req, res, next) => {
        res.locals['actor'] = actor
        next()
      })
      app.use('/api/v1', router)
      app.use(problemHandler({ words: (_lng, code) => code, log: { error: () => undefined, info: () => undefined } }))
      const answer = await request(app).get(`/api/v1/policies${query}`)
      return { status: answer.status, body: answer.body as Listed }
    }
  })

  it('lists what is in force, with its source and what is missing', async () => {
    const { status, body } = await ask(anActor(county, 'county_civil'))
    expect(status).to.equal(200)
    expect(body.scope).to.equal(county)
    expect(body.items.find(({ key }) => key === 'handle.reply_wd')).to.deep.include({ value: 4, scope: county })
    expect(body.missing).to.include('township_cap')
  })

  it('answers for a township and for an earlier day', async () => {
    const { body } = await ask(anActor(county, 'duty_officer', `${county}103`), `?unit=${county}103&at=2026-10-31`)
    expect(body.items.find(({ key }) => key === 'handle.reply_wd')).to.deep.include({ value: 5, scope: 'CN' })
  })

  it('refuses the public, other counties, and roles without a part in it', async () => {
    const outsider = await ask(anActor(freshCounty(), 'county_civil'), `?unit=${county}`)
    expect([outsider.status, outsider.body.code]).to.deep.equal([403, 'policy.forbidden'])
    expect((await ask(anActor(county, 'observer'))).status).to.equal(403)
    const nobody = { ...anActor(county, 'observer'), kind: 'public' as const, roles: [] }
    expect((await ask(nobody)).status).to.equal(401)
  })

  it('refuses a place or day that is none', async () => {
    const actor = anActor(county, 'county_civil')
    expect((await ask(actor, '?unit=32')).status).to.equal(400)
    expect((await ask(actor, '?at=2026-13-01')).status).to.equal(400)
  })
})
