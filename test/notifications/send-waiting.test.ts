import { expect } from 'chai'
import { sendWaiting } from '../../src/notifications/index.ts'
import { aRequest } from '../support/a-request.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'

describe('Notifications - send waiting', () => {
  let w: World
  const asked: string[] = []

  before(async () => {
    w = await world()
    w.clock.set('2026-11-23T09:00:00+08:00')
    const request = { place: { code: '371312104', text: '车站' }, phone: '12800006666', text: '滞留' }
    const no = await aRequest(w, 'HD-O4', request)
    await w.settles()
    const texts = (await w.services.notices.ofCase(COUNTY, no)).filter(({ medium }) => medium === 'text')
    const lost = { $set: { state: 'PENDING' }, $unset: { sentAt: '', sid: '' } }
    await w.services.connection
      .collection('notices')
      .updateMany({ _id: { $in: texts.map(({ _id }) => _id as never) } }, lost)
  })

  beforeEach(() => (asked.length = 0))

  const look = () => sendWaiting({ ...w.services, sendLater: ({ id }) => Promise.resolve(void asked.push(id)) }, COUNTY)

  it('leaves alone what was only just written down', async () => {
    expect(await look()).to.equal(0)
  })

  it('asks again for texts that still wait after two minutes', async () => {
    w.clock.set('2026-11-23T09:02:01+08:00')
    expect(await look()).to.equal(2)
    expect(new Set(asked)).to.have.property('size', 2)
  })

  it('asks for nothing that was sent or given up', async () => {
    for (const [index, id] of [...(await waitingIds())].entries())
      await w.services.notices.settle(COUNTY, id, index === 0 ? 'SENT' : 'SKIPPED', w.clock.now())
    expect(await look()).to.equal(0)
  })

  it('leaves what is a day old to the screens', async () => {
    w.clock.set('2026-11-25T09:00:00+08:00')
    expect(await look()).to.equal(0)
  })

  async function waitingIds(): Promise<readonly string[]> {
    await look()
    return [...asked]
  }
})
