import { expect } from 'chai'
import type { Express } from 'express'
import request from 'supertest'
import { freezeFund } from '../../src/ledger/index.ts'
import type { Actor } from '../../src/shared/actor.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { newId } from '../../src/shared/ids.ts'
import { anActor, byOf } from '../support/actors.ts'
import { realLedger } from './real-ledger.ts'
import type { RealLedger } from './real-ledger.ts'
import { ledgerWeb } from './web.ts'

const AMOUNTS: readonly (readonly [string, unknown])[] = [
  ['negative', -1],
  ['nothing', 0],
  ['fractional', 0.5],
  ['beyond exact integers', 2 ** 53],
  ['beyond the largest sum', 10 ** 12 + 1],
  ['text', '100'],
  ['left out', undefined],
]

describe('Ledger - bad input through /api/v1', () => {
  let real: RealLedger
  let web: Express
  const signedIn = {} as { as: Actor }

  before(async () => {
    real = await realLedger(5_000_000, 5_000_000, 30)
    web = ledgerWeb(real, signedIn)
  })

  beforeEach(() => {
    signedIn.as = anActor(real.county, 'county_finance', real.county, 'C2')
  })

  const entriesStored = (): Promise<number> =>
    real.connection.collection('ledger_entries').countDocuments({ county: real.county })

  interface Refused {
    readonly status: number
    readonly code: string
    readonly detailZh: string
    readonly detailEn: string
    readonly errors?: readonly { detailZh: string; detailEn: string }[]
  }

  async function refusedBy(path: string, body: object, key = newId()): Promise<Refused> {
    const before = await entriesStored()
    const answer = await request(web).post(`/api/v1${path}`).set('Idempotency-Key', key).send(body)
    expect(await entriesStored(), 'no trace in entries').to.equal(before)
    const refused = { ...(answer.body as Refused), status: answer.status }
    for (const { detailZh, detailEn } of refused.errors ?? [refused]) {
      expect(detailZh, JSON.stringify(refused)).to.match(/\p{Script=Han}/u)
      expect(detailEn).to.match(/^[A-Z][^\p{Script=Han}]+\.$/u)
    }
    return refused
  }

  const recordOf = (key: string) =>
    real.connection.collection('requests').findOne({ _id: `${real.county}/C2/${key}` as never })

  for (const [what, amountFen] of AMOUNTS)
    it(`refuses an amount that is ${what}, whatever the command`, async () => {
      for (const path of ['appropriations', 'goods', 'returns', 'quota-raises', 'shortages', 'charges']) {
        const body = { amountFen, account: 'cash', of: 'count-1' }
        const { status, code } = await refusedBy(`/funds/${real.township}/${path}`, body)
        expect([status, code], path).to.deep.equal([400, 'form.invalid'])
      }
    })

  it('refuses an unknown account, debtor and purpose', async () => {
    const sum = { amountFen: 100 }
    for (const [path, body] of [
      ['shortages', { ...sum, account: 'safe' }],
      ['from-township', { ...sum, from: 'credit', into: 'bank' }],
      ['refused-advances', { ...sum, caseNo: 'A1', debtor: 'nobody' }],
    ] as const)
      expect(await refusedBy(`/funds/${real.township}/${path}`, body), path).to.include({ code: 'form.invalid' })
    expect(await refusedBy(`/funds/${real.countyFund}/appropriations`, sum)).to.include({
      status: 422,
      code: 'ledger.purpose_forbidden',
    })
    expect(await refusedBy(`/funds/township-${real.county}999/appropriations`, sum)).to.include({
      status: 404,
      code: 'fund.not_found',
    })
  })

  it('records what the rules refuse, for ever, and gives the same refusal to the same key', async () => {
    const key = newId()
    const body = { amountFen: 999_999_999 }
    const path = `/funds/${real.township}/appropriations`
    const first = await refusedBy(path, body, key)
    expect(first).to.include({ status: 422, code: 'fund.insufficient' })
    const record = await recordOf(key)
    expect(record).to.deep.include({ outcome: 'refused' })
    expect((record?.['refusal'] as { code: string }).code).to.equal('fund.insufficient')
    expect(record).not.to.have.property('expiresAt')
    expect(await refusedBy(path, body, key)).to.deep.equal(first)
    expect(await refusedBy(path, { amountFen: 1 }, key), 'same key, other body').to.include({
      status: 409,
      code: 'key.other_body',
    })
  })

  it('refuses into a frozen fund and records it', async () => {
    const other = await realLedger(1_000)
    const otherWeb = ledgerWeb(other, signedIn)
    signedIn.as = anActor(other.county, 'county_finance', other.county, 'C2')
    await freezeFund(other, { fundId: other.township, reason: 'audit' }, byOf(signedIn.as))
    const key = newId()
    const answer = await request(otherWeb)
      .post(`/api/v1/funds/${other.township}/appropriations`)
      .set('Idempotency-Key', key)
      .send({ amountFen: 1 })
    expect(answer.body).to.include({ status: 422, code: 'fund.frozen' })
    const record = await other.connection.collection('requests').findOne({ _id: `${other.county}/C2/${key}` as never })
    expect(record).to.include({ outcome: 'refused' })
  })

  it('turns away whom the line cannot take with 429 and says in seconds when to come again', async () => {
    const busy: RealLedger = {
      ...real,
      fundQueue: {
        ...real.fundQueue,
        run: () => Promise.reject(new DomainError('fund.busy', 'Many wait', { retryAfterMs: 2_400 })),
        share: () => Promise.reject(new DomainError('fund.busy', 'Many wait', { retryAfterMs: 2_400 })),
      },
    }
    const key = newId()
    const answer = await request(ledgerWeb(busy, signedIn))
      .post(`/api/v1/funds/${real.township}/appropriations`)
      .set('Idempotency-Key', key)
      .send({ amountFen: 1 })
    expect(answer.status).to.equal(429)
    expect(answer.headers['retry-after']).to.equal('3')
    expect((answer.body as Refused).detailZh).to.include('请稍候')
    expect(await recordOf(key), 'not remembered: the same key may come again').to.equal(null)
  })

  it('says 503 when the outcome is unknown, and asks for the same key', async () => {
    const together = real.inTransaction.together
    const lost = () => Promise.reject(new DomainError('outcome.unknown', 'No answer'))
    const slow: RealLedger = { ...real, inTransaction: Object.assign(lost, { together }) }
    const answer = await request(ledgerWeb(slow, signedIn))
      .post(`/api/v1/funds/${real.township}/appropriations`)
      .set('Idempotency-Key', newId())
      .send({ amountFen: 1 })
    expect([answer.status, (answer.body as Refused).code]).to.deep.equal([503, 'outcome.unknown'])
  })
})
