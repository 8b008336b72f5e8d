import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { digestCommandsWith, problemHandler } from '../../src/platform/http/index.ts'
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
import { newId } from '../../src/shared/ids.ts'
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

  let set: (actor: Actor, body: object) => Promise<string>

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
    const units = createUnitStore(connection)
    const { router } = policyApi({ policies, policyStore, inTransaction, units, clock })
    const appOf = (actor: Actor) => {
      const app = express().use(express.json())
      digestCommandsWith(app, 'a secret of this test')
      app.use((_req, res, next) => {
        res.locals['actor'] = actor
        next()
      })
      app.use('/api/v1', router)
      app.use(problemHandler({ words: (_lng, code) => code, log: { error: () => undefined, info: () => undefined } }))
      return app
    }
    ask = async (actor, query = '') => {
      const answer = await request(appOf(actor)).get(`/api/v1/policies${query}`)
      return { status: answer.status, body: answer.body as Listed }
    }
    set = async (actor, body) => {
      const post = request(appOf(actor)).post('/api/v1/policies').set('idempotency-key', newId())
      const answer = await post.send(body)
      return `${answer.status} ${(answer.body as { code?: string }).code ?? ''}`.trim()
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

  describe('setting', () => {
    const source = { id: 'HM-9', title: '海门区临时救助标准', number: '海民〔2026〕9号', date: '2026-06-20' }
    const capOf = (scope: string, fen: number) => ({
      scope,
      values: [{ key: 'township_cap', value: { fen }, validFrom: '2026-07-01' }],
      source,
    })

    it('county civil affairs sets what is missing, once; a change takes an approval', async () => {
      const actor = anActor(county, 'county_civil')
      expect(await set(actor, capOf(county, 300_000))).to.equal('201')
      expect(await set(actor, capOf(county, 900_000))).to.equal('422 policy.needs_approval')
      expect(await set(actor, capOf(`${county}103`, 200_000))).to.equal('201')
    })

    it('refuses others, other counties, and a sum without a numbered document', async () => {
      expect(await set(anActor(county, 'administrator'), capOf(county, 1))).to.equal('403 auth.forbidden')
      expect(await set(anActor(freshCounty(), 'county_civil'), capOf(county, 1))).to.equal('403 policy.forbidden')
      const body = { ...capOf(county, 1), source: { ...source, number: '' } }
      expect(await set(anActor(county, 'county_civil'), body)).to.equal('400 form.invalid')
    })
  })
})
