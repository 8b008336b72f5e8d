import { expect } from 'chai'
import { sendNotice } from '../../src/notifications/index.ts'
import type { Telephony } from '../../src/platform/telephony/index.ts'
import { aRequest } from '../support/a-request.ts'
import type { Phones } from '../support/phones.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { exchangeOf } from './exchange-of.ts'

const COUNTY = '371312'
const TOWNSHIP = '371312108'

describe('Notifications - send text', () => {
  let w: World
  let phones: Phones
  let telephony: Telephony

  before(async () => {
    w = await world()
    ;({ phones, telephony } = await exchangeOf(w, '12371312000'))
  })

  after(() => phones.stop())

  beforeEach(() => w.clock.set('2026-11-25T09:00:00+08:00'))

  afterEach(() => phones.control.clearFaults())

  /** Two texts with the same words to the same duty phone: for the officer, and half an hour later for the one who stands in. */
  const waitingTwice = async (): Promise<readonly string[]> => {
    const caseNo = await aRequest(w, 'HD-O4', {
      place: { code: TOWNSHIP, text: '旺禾村' },
      phone: '12800008888',
      text: '没有住处',
    })
    await w.passes('2026-11-25T09:30:00+08:00')
    const notices = await w.services.notices.ofCase(COUNTY, caseNo)
    const ids = notices.filter(({ kind, medium }) => kind === 'case_for_you' && medium === 'text').map(({ id }) => id)
    expect(ids).to.have.length(2)
    return ids
  }
  const job = (id: string) => sendNotice({ ...w.services, telephony }, { county: COUNTY, id })
  const tries = (id: string): Promise<string> =>
    job(id).then(
      () => 'sent',
      () => 'lost',
    )
  const textsAtPhone = async (): Promise<number> => (await phones.phone(`12${TOWNSHIP}`).view()).texts.length

  it('sends both of two texts with the same words, though one waited for the other', async () => {
    const before = await textsAtPhone()
    for (const id of await waitingTwice()) await job(id)
    expect(await textsAtPhone()).to.equal(before + 2)
  })

  it('sends one once although the answer was lost and the job runs again', async () => {
    const before = await textsAtPhone()
    const [id = ''] = await waitingTwice()
    await phones.control.orderFault({ what: 'rest_unknown', at: '/Messages.json', count: 1 })
    expect(await tries(id)).to.equal('lost')
    expect(await tries(id)).to.equal('sent')
    await job(id)
    expect(await textsAtPhone()).to.equal(before + 1)
  })

  it('sends it at the second try when the exchange was away at the first', async () => {
    const before = await textsAtPhone()
    const [id = ''] = await waitingTwice()
    await phones.control.orderFault({ what: 'rest_down', at: '/Messages.json', count: 1 })
    expect(await tries(id)).to.equal('lost')
    expect(await textsAtPhone()).to.equal(before)
    await job(id)
    expect(await textsAtPhone()).to.equal(before + 1)
  })

  it('sends each once when both answers were lost', async () => {
    const before = await textsAtPhone()
    const [one = '', other = ''] = await waitingTwice()
    await phones.control.orderFault({ what: 'rest_unknown', at: '/Messages.json', count: 2 })
    expect([await tries(one), await tries(other)]).to.deep.equal(['lost', 'lost'])
    for (const id of [other, one, one]) await job(id)
    expect(await textsAtPhone()).to.equal(before + 2)
    const [first, second] = await Promise.all([one, other].map((id) => w.services.notices.find(COUNTY, id)))
    expect(first?.sid).to.not.equal(second?.sid)
  })

  it('sends the one that never arrived when only the other’s answer was lost', async () => {
    const before = await textsAtPhone()
    const [one = '', other = ''] = await waitingTwice()
    await phones.control.orderFault({ what: 'rest_down', at: '/Messages.json', count: 1 })
    expect(await tries(one)).to.equal('lost')
    await phones.control.orderFault({ what: 'rest_unknown', at: '/Messages.json', count: 1 })
    expect(await tries(other)).to.equal('lost')
    await job(one)
    await job(other)
    expect(await textsAtPhone()).to.equal(before + 2)
  })
})
