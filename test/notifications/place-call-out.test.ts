import { expect } from 'chai'
import { seeNoticesOfCase, sendNotice } from '../../src/notifications/index.ts'
import type { Telephony } from '../../src/platform/telephony/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { aRequest } from '../support/a-request.ts'
import type { Phones } from '../support/phones.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { exchangeOf } from './exchange-of.ts'

const COUNTY = '320614'

describe('Notifications - place call-out', () => {
  let w: World
  let phones: Phones
  let telephony: Telephony

  before(async () => {
    w = await world()
    ;({ phones, telephony } = await exchangeOf(w, '12320614000'))
  })

  after(() => phones.stop())

  afterEach(() => phones.control.clearFaults())

  /** A case that was just routed to the officer of a township. */
  const routedTo = async (township: string, urgency: 'P0' | 'P1' = 'P1'): Promise<string> => {
    const caseNo = await aRequest(w, 'O1', {
      urgency,
      needy: 'unknown',
      text: '没有住处',
      place: { code: township, text: '车站' },
      phone: '12855550009',
    })
    await w.settles()
    return caseNo
  }
  const callOf = async (no: string) => {
    const found = (await w.services.notices.ofCase(COUNTY, no)).find(({ medium }) => medium === 'call')
    return found ?? expect.fail('no call-out is planned')
  }
  const job = async (no: string) => sendNotice({ ...w.services, telephony }, await callOf(no))
  const rung = async (township: string): Promise<number> => (await phones.phone(`12${township}`).view()).calls.length
  const clockOf = async (no: string) =>
    (await w.services.deadlines.allFor(COUNTY, `notice:${(await callOf(no)).id}`))[0]

  beforeEach(() => w.clock.set('2026-11-28T23:40:10+08:00'))

  it('waits as long as the county says, by the clock', async () => {
    const clock = await clockOf(await routedTo('320614103'))
    expect(clock?.dueAt).to.deep.equal(new Date('2026-11-28T23:41:10+08:00'))
    expect(clock?.rule).to.include({ key: 'dispatch.call_out_s', value: 60, unit: 's' })
  })

  it('lets no time pass for a case in which a life is in danger', async () => {
    const no = await routedTo('320614103', 'P0')
    expect(await clockOf(no)).to.equal(undefined)
    const before = await rung('320614103')
    await job(no)
    expect(await rung('320614103')).to.equal(before + 1)
  })

  it('rings once although the answer of the exchange was lost and the job runs again', async () => {
    const no = await routedTo('320614104')
    await phones.control.orderFault({ what: 'rest_unknown', at: '/Calls.json', count: 1 })
    expect(await failureOf(job(no))).to.include('cannot be reached')
    expect((await callOf(no)).state).to.equal('SENDING')
    await job(no)
    await job(no)
    expect((await callOf(no)).state).to.equal('SENT')
    expect(await rung('320614104')).to.equal(1)
  })

  it('rings at the second try when the exchange was away at the first', async () => {
    const no = await routedTo('320614105')
    await phones.control.orderFault({ what: 'rest_down', at: '/Calls.json', count: 1 })
    expect(await failureOf(job(no))).to.not.equal('')
    expect(await rung('320614105')).to.equal(0)
    await job(no)
    expect(await rung('320614105')).to.equal(1)
  })

  it('does not take the call about another case for its own', async () => {
    const [one, other] = [await routedTo('320614106'), await routedTo('320614106')]
    await job(one)
    await phones.control.orderFault({ what: 'rest_down', at: '/Calls.json', count: 1 })
    await failureOf(job(other))
    await job(other)
    expect(await rung('320614106')).to.equal(2)
    expect((await callOf(one)).sid).to.not.equal((await callOf(other)).sid)
  })

  it('calls nobody who has opened the case in time', async () => {
    const no = await routedTo('320614107')
    await seeNoticesOfCase(w.services, no, await w.staff('D-正余'))
    await job(no)
    expect(await rung('320614107')).to.equal(0)
    expect(await callOf(no)).to.include({ state: 'SKIPPED', isUnseen: false })
    expect((await clockOf(no))?.state).to.equal('MET')
  })

  it('calls nobody about a case that a colleague has taken', async () => {
    const no = await routedTo('320614107')
    await acknowledgeCase(w.services, { no }, await w.by('B-正余'))
    await w.settles()
    await job(no)
    expect(await rung('320614107')).to.equal(0)
    expect((await clockOf(no))?.state).to.equal('MET')
  })

  async function failureOf(work: Promise<unknown>): Promise<string> {
    return work.then(
      () => '',
      (error: unknown) => (error as Error).message,
    )
  }
})
