import { expect } from 'chai'
import { checkReplays, createSender } from '../../../scripts/torture/ledger-clients.ts'
import type { BookingProcess } from '../../../scripts/torture/ledger-process.ts'
import { startBooking } from '../../../scripts/torture/ledger-process.ts'
import type { LedgerWorld } from '../../../scripts/torture/ledger-world.ts'
import { anOrder, checkWorld, openWorld } from '../../../scripts/torture/ledger-world.ts'
import type { CrashPoint } from '../../../src/platform/crash-point.ts'
import { ownDatabase } from './two-processes.ts'

/** With the pass at which it happens: the first group, and one behind it. */
const POINTS: readonly (readonly [CrashPoint, number])[] = [
  ['afterHeadCas', 1],
  ['afterEntry', 2],
  ['beforeCommit', 2],
  ['afterCommitBeforeReply', 1],
]

const ORDERS = 6

/** F1 */
describe('Ledger - a process that dies at a named point', function () {
  this.timeout(60_000)
  let world: LedgerWorld
  let survivor: BookingProcess
  let dying: BookingProcess[]

  before(async () => {
    world = await openWorld(ownDatabase('points'))
    const started = POINTS.map(([crash, pass]) => startBooking(world.uri, { crash, pass }))
    ;[survivor, ...dying] = await Promise.all([startBooking(world.uri), ...started])
  })

  after(async () => {
    for (const one of [survivor, ...dying]) one.kill()
    await Promise.all([survivor, ...dying].map(({ gone }) => gone))
    await world.close()
  })

  for (const [index, [point, pass]] of POINTS.entries()) {
    it(`loses and doubles nothing, dying ${point} on pass ${pass}`, async () => {
      const fundId = await world.newFund((ORDERS - 2) * 100)
      const mortal = dying[index]!
      const sender = createSender(world.county, () => (mortal.isAlive ? mortal : survivor))
      const orders = await Promise.all(Array.from({ length: ORDERS }, () => sender.send('D-1', anOrder(fundId, 100))))
      await Promise.all(
        orders.flatMap(({ holdId }) => (holdId ? [sender.send('K-1', { do: 'post-hold', holdId })] : [])),
      )
      expect(mortal.isAlive).to.equal(false)
      expect(sender.learnedLater).to.be.above(0)
      expect(orders.map(({ code }) => code ?? 'held').sort()).to.deep.equal([
        ...Array<string>(2).fill('fund.insufficient'),
        ...Array<string>(ORDERS - 2).fill('held'),
      ])
      await checkWorld(world, sender.sent, [fundId])
      await checkReplays(world.county, survivor, sender.sent)
      const head = await world.services.ledger.head(world.county, fundId)
      expect([head?.bal.bank, head?.held.bank]).to.deep.equal([0, 0])
    })
  }
})
