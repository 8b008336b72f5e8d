import { expect } from 'chai'
import fc from 'fast-check'
import { checkReplays } from '../../../scripts/torture/ledger-clients.ts'
import type { Sent } from '../../../scripts/torture/ledger-world.ts'
import { anOrder, checkWorld } from '../../../scripts/torture/ledger-world.ts'
import type { Entry } from '../../../src/ledger/entry.ts'
import { fen } from '../../../src/shared/fen.ts'
import type { TwoProcesses } from '../faults/two-processes.ts'
import { twoProcesses } from '../faults/two-processes.ts'
import type { History } from './check-history.ts'
import { checkHistory } from './check-history.ts'
import { holdsForAll } from './seeds.ts'

/** What a client does with one order: in which fund, for how much, how it ends, and how often each request is sent at once. */
const order = fc.record({
  fund: fc.constantFrom(0, 0, 1),
  sum: fc.constantFrom(100, 200, 700),
  ending: fc.constantFrom('post-hold' as const, 'post-hold' as const, 'void-hold' as const, undefined),
  part: fc.boolean(),
  times: fc.constantFrom(1, 1, 2),
})

/** Layer (d): two real processes, many clients, and somebody who checks the history. */
describe('Ledger - properties of parallel clients', function () {
  this.timeout(90_000)
  let two: TwoProcesses
  const earlier: Sent[] = []

  before(async () => {
    two = await twoProcesses('parallel')
  })

  after(() => two.stop())

  it('have a history that one order explains, and answers that stay (I1–I8, I10, I11)', async () => {
    const clients = fc.array(fc.array(order, { minLength: 1, maxLength: 6 }), { minLength: 4, maxLength: 12 })
    const property = fc.asyncProperty(clients, async (all) => {
      const { world } = two
      const funds = [await world.newFund(2_000), await world.newFund(1_000)] as const
      const sender = two.sender()
      const work = all.map(async (orders) => {
        for (const { fund, sum, ending, part, times } of orders) {
          const { holdId } = await sender.send('D-1', anOrder(funds[fund], sum), { times })
          if (holdId === undefined || ending === undefined) continue
          const some = ending === 'post-hold' && part ? { amountFen: fen(sum / 2) } : {}
          await sender.send('K-1', { do: ending, holdId, ...some }, { times })
        }
      })
      await Promise.all(work)
      await checkWorld(world, sender.sent, funds)
      checkHistory(await historyOf(sender.sent))
      await checkReplays(world.county, two.processes[1], sender.sent)
    })
    await holdsForAll(property, 1)
  })

  it('would be found out: a lost, a doubled, a swapped and a late posting', async () => {
    const fundId = await two.world.newFund(2_000)
    const sender = two.sender()
    for (let at = 0; at < 4; at += 1) await sender.send('D-1', anOrder(fundId, 100))
    const history = await historyOf(sender.sent)
    checkHistory(history)
    const mine = history.entries.filter((entry) => entry.fundId === fundId)
    const [last, before] = [mine.at(-1)!, mine.at(-2)!]
    const others = history.entries.filter((entry) => entry !== last && entry !== before)
    const wrong: readonly (readonly [string, readonly Entry[]])[] = [
      ['lost', [...others, before]],
      ['doubled', [...history.entries, { ...last, _id: `${fundId}:99`, seq: last.seq + 1 }]],
      ['swapped', [...others, { ...last, seq: before.seq }, { ...before, seq: last.seq }]],
      ['changed', [...others, before, { ...last, hash: before.hash }]],
    ]
    for (const [what, entries] of wrong) expect(() => checkHistory({ ...history, entries }), what).to.throw()
    const newest = sender.sent.at(-1)
    const late = history.sent.map((one) => (one === newest ? { ...one, startedAt: 0, answeredAt: 1 } : one))
    expect(() => checkHistory({ ...history, sent: late }), 'late').to.throw(/was answered before/)
  })

  /** Everything that ever happened in these books: what opened them, earlier clients, and these. */
  async function historyOf(sent: History['sent']): Promise<History> {
    earlier.push(...sent)
    const { opening, services } = two.world
    const fundIds = await services.ledger.fundsWithEntries()
    const entries = (await Promise.all(fundIds.map((fundId) => two.world.entriesOf(fundId)))).flat()
    return { sent: [...earlier], opening, entries }
  }
})
