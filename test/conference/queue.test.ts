import { expect } from 'chai'
import { returnItem } from '../../src/conference/index.ts'
import { placeIn } from '../../src/conference/queue.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'
import { conferenceStory } from './case-before-conference.ts'

describe('Conference - queue', () => {
  let w: World
  let story: ReturnType<typeof conferenceStory>

  before(async () => {
    w = await world()
    story = conferenceStory(w)
    w.clock.set('2026-11-24T16:00:00+08:00')
  })

  const placeOf = async (id: string) => placeIn(await w.services.conferences.queue('320614'), id)?.place ?? 0
  /** Position in the feeds from which a test listens. */
  let since: string

  beforeEach(async () => {
    await w.settles()
    since = `${Date.now() - 1}-0`
  })

  /** The newest place told to a room for an item. */
  const toldTo = async (room: string, id: string): Promise<unknown> => {
    await w.settles()
    const heard = await w.services.feed.since('320614', room, since)
    if (heard === 'reset') throw new Error('too far behind')
    return heard.findLast(({ type, data }) => type === 'conference.place' && data['itemId'] === id)?.data['place']
  }

  it('stands in the order of urgency, then of waiting', async () => {
    const ordinary = await story.proposed('常乐', 'P3')
    const earlier = await story.proposed('悦来', 'P2')
    w.clock.set('2026-11-24T16:01:00+08:00')
    const later = await story.proposed('悦来', 'P2')
    const critical = await story.proposed('常乐', 'P0')
    const places = await Promise.all([critical, earlier, later, ordinary].map(placeOf))
    expect(places).to.deep.equal([...places].sort((a, b) => a - b))
    expect(new Set(places).size).to.equal(4)
  })

  it('tells the township and the county live when its place changes, with nobody pressing anything there', async () => {
    const id = await story.proposed('常乐', 'P3')
    const { caseNo } = await story.item(id)
    const before = await placeOf(id)
    const ahead = await story.proposed('悦来', 'P0')
    for (const room of [`case:${caseNo}`, 'unit:320614103', 'unit:320614', 'queue:320614'])
      expect(await toldTo(room, id), room).to.equal(before + 1)
    await returnItem(w.services, { id: ahead, reason: '乡镇可以解决' }, await w.by('C1'))
    for (const room of [`case:${caseNo}`, 'unit:320614103', 'unit:320614', 'queue:320614'])
      expect(await toldTo(room, id), room).to.equal(before)
  })

  it('has no place any more once a meeting is set', async () => {
    const id = await story.scheduled('常乐')
    expect(await placeOf(id)).to.equal(0)
  })
})
