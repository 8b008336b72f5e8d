import { expect } from 'chai'
import { checkReplays } from '../../../scripts/torture/ledger-clients.ts'
import { raceEndings } from '../../../scripts/torture/ledger-races.ts'
import { anOrder, checkWorld } from '../../../scripts/torture/ledger-world.ts'
import type { TwoProcesses } from './two-processes.ts'
import { twoProcesses } from './two-processes.ts'

const HOUR_MS = 3_600_000

/** F5, F6, F8, F10, F13. `npm run torture -- ledger` runs F10 ten times for each of its rounds. */
describe('Ledger - two processes on one fund', function () {
  this.timeout(60_000)
  let two: TwoProcesses

  before(async () => {
    two = await twoProcesses('two', 2)
  })

  after(() => two.stop())

  it('answers a request sent two to five times at once the same each time, and does it once', async () => {
    const fundId = await two.world.newFund(1_500)
    const sender = two.sender()
    await Promise.all(
      Array.from({ length: 20 }, async (_none, at) => {
        const { holdId } = await sender.send('D-1', anOrder(fundId, 100), { times: 2 + (at % 4) })
        if (holdId) await sender.send('K-1', { do: 'post-hold', holdId }, { times: 2 + ((at + 2) % 4) })
      }),
    )
    await checkWorld(two.world, sender.sent, [fundId])
    await checkReplays(two.world.county, two.processes[0], sender.sent)
    const head = await two.world.services.ledger.head(two.world.county, fundId)
    expect(head?.bal).to.include({ bank: 0, advance: 1_500 })
  })

  it('approves exactly ten of 64 payments of 100 out of 1,050, and leaves 50', async () => {
    const fundId = await two.world.newFund(1_050)
    const sender = two.sender()
    const replies = await Promise.all(
      Array.from({ length: 64 }, async () => {
        const reply = await sender.send('D-1', anOrder(fundId, 100))
        return reply.holdId ? sender.send('K-1', { do: 'post-hold', holdId: reply.holdId }) : reply
      }),
    )
    expect(replies.filter(({ outcome }) => outcome === 'posted')).to.have.length(10)
    expect(replies.filter(({ code }) => code === 'fund.insufficient')).to.have.length(54)
    const head = await two.world.services.ledger.head(two.world.county, fundId)
    expect(head?.bal).to.include({ bank: 50, advance: 1_000 })
    await checkWorld(two.world, sender.sent, [fundId])
  })

  it('pays an order once, whatever keys it is sent under', async () => {
    const fundId = await two.world.newFund(10_000)
    const sender = two.sender()
    const order = anOrder(fundId, 100)
    const replies = await Promise.all(Array.from({ length: 16 }, () => sender.send('D-1', order)))
    expect(replies.filter(({ outcome }) => outcome === 'posted')).to.have.length(1)
    expect(replies.filter(({ code }) => code === 'ledger.source_used')).to.have.length(15)
    await checkWorld(two.world, sender.sent, [fundId])
  })

  it('resolves a hold once when paying, taking back and expiring race', async () => {
    const won = await raceEndings(two.world, two.processes, 24)
    expect(Object.values(won).reduce((sum, times) => sum + times)).to.equal(24)
  })

  it('books forward in time while the clocks of both jump two hours back and forward over the end of a month', async () => {
    const fundId = await two.world.newFund(10_000)
    const sender = two.sender()
    const midnight = new Date('2027-01-01T00:00:00+08:00').getTime()
    await Promise.all(
      Array.from({ length: 24 }, (_none, at) => {
        const shown = new Date(midnight + (at % 3 === 0 ? 2 : at % 3 === 1 ? -2 : 0) * HOUR_MS)
        return sender.send('D-1', anOrder(fundId, 100), { at: shown.toISOString() })
      }),
    )
    const entries = await two.world.entriesOf(fundId)
    const placed = entries.filter(({ kind }) => kind === 'hold.placed')
    expect(placed).to.have.length(24)
    placed.slice(1).forEach(({ bookedAt, period }, at) => {
      expect(bookedAt > placed[at]!.bookedAt, `${placed[at]!.bookedAt} before ${bookedAt}`).to.equal(true)
      expect(period >= placed[at]!.period).to.equal(true)
    })
    await checkWorld(two.world, sender.sent, [fundId])
  })

  it('answers everybody though a hundred and twenty clients share two connections to the database each', async () => {
    const funds = await Promise.all([two.world.newFund(6_000), two.world.newFund(6_000)])
    const sender = two.sender()
    const replies = await Promise.all(
      Array.from({ length: 120 }, (_none, at) => sender.send('D-1', anOrder(funds[at % 2]!, 100))),
    )
    expect(replies.every(({ outcome }) => outcome === 'posted')).to.equal(true)
    await checkWorld(two.world, sender.sent, funds)
  })
})
