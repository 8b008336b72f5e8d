import { expect } from 'chai'
import fc from 'fast-check'
import type { Command, LedgerServices } from '../../../src/ledger/index.ts'
import { fundsOf, takeTurn } from '../../../src/ledger/index.ts'
import { fen } from '../../../src/shared/fen.ts'
import { systemActor } from '../../../src/shared/actor.ts'
import { aSource, CHANGLE, fixtureLedger, HAIYONG, SIJIA, YUELAI } from '../paper-ledger.ts'
import { expectSoundNow, verdictOf } from './invariants.ts'
import { memoryLedger } from './memory-ledger.ts'
import { codeOf } from './model-world.ts'
import { holdsForAll } from './seeds.ts'

/** One client's wish: how much in cash from which fund, sent by which process, and whether the other sends it too. */
const wish = fc.record({
  fundId: fc.constantFrom(CHANGLE, CHANGLE, HAIYONG, SIJIA, YUELAI),
  sum: fc.constantFrom(10_000, 20_000, 90_000),
  process: fc.constantFrom(0, 1),
  isSentTwice: fc.boolean(),
})

/** Layer (c): queue and group commit of two processes, every order in which a database might answer. */
describe('Ledger - properties under any order of awaits', function () {
  this.timeout(60_000)

  it('never overdraws, answers each key once, and keeps every chain whole (I3–I6, I11)', async () => {
    let conflicts = 0
    let shared = 0
    const property = fc.asyncProperty(
      fc.array(wish, { minLength: 2, maxLength: 14 }),
      fc.scheduler(),
      async (wishes, s) => {
        const memory = memoryLedger(fixtureLedger(), (label) => s.schedule(Promise.resolve(), label))
        const processes = [memory.process(), memory.process()] as const
        const before = memory.paper.entries.length
        const asked = wishes.map(({ fundId, sum, process, isSentTwice }, at) => {
          const command = payCash(fundId, sum)
          const senders = isSentTwice ? [0, 1] : [process]
          return Promise.all(senders.map((one) => send(processes[one]!, command, `key-${at}`)))
        })
        const answers = await s.waitFor(Promise.all(asked))

        for (const both of answers) expect(new Set(both).size).to.equal(1)
        const done = answers.filter(([outcome]) => outcome === 'done').length
        const made = memory.paper.entries.slice(before)
        expect(made).to.have.length(done)
        expect(new Set(made.map(({ key }) => key)).size).to.equal(done)
        for (const [outcome] of answers) expect(outcome).to.be.oneOf(['done', 'fund.insufficient'])
        expectSoundNow(memory.paper)
        expect(verdictOf(memory.paper).faults).to.deep.equal([])
        conflicts += memory.conflicts
        shared += memory.shared
      },
    )
    await holdsForAll(property, 100)
    expect(conflicts, 'nothing met anything').to.be.above(50)
    expect(shared, 'nothing shared a transaction').to.be.above(50)
  })

  it('lets those who wait at one fund go in the order in which they came', async () => {
    const property = fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.scheduler(), async (count, s) => {
      const memory = memoryLedger(fixtureLedger(), (label) => s.schedule(Promise.resolve(), label))
      const process = memory.process()
      const keys = Array.from({ length: count }, (_none, at) => `key-${at}`)
      await s.waitFor(Promise.all(keys.map((key) => send(process, payCash(CHANGLE, 100), key))))
      expect(memory.paper.entries.slice(-count).map(({ key }) => key)).to.deep.equal(keys)
    })
    await holdsForAll(property, 40)
  })

  it('never has two transactions of one process at one fund, and never stops', async () => {
    const turn = fc.record({
      funds: fc.uniqueArray(fc.constantFrom(CHANGLE, HAIYONG, SIJIA), { minLength: 1, maxLength: 3 }),
      isAlone: fc.boolean(),
    })
    const property = fc.asyncProperty(
      fc.array(turn, { minLength: 2, maxLength: 12 }),
      fc.scheduler(),
      async (turns, s) => {
        const { fundQueue } = memoryLedger(fixtureLedger(), () => Promise.resolve()).process()
        const inside = new Set<string>()
        const during = async (funds: readonly string[]): Promise<void> => {
          for (const id of funds) {
            if (inside.has(id)) throw new Error(`Two at ${id}`)
            inside.add(id)
          }
          await s.schedule(Promise.resolve(), 'inside')
          for (const id of funds) inside.delete(id)
        }
        const all = turns.map(({ funds, isAlone }, at) => {
          if (isAlone) return fundQueue.run(funds, () => during(funds).then(() => at))
          return fundQueue.share<{ funds: string[]; at: number }, number>(funds, {
            item: { funds, at },
            kind: 'x',
            alone: [],
            async run(items) {
              await during([...new Set(items.flatMap((item) => item.funds))])
              return items.map((item) => ({ status: 'fulfilled', value: item.at }))
            },
          })
        })
        expect(await s.waitFor(Promise.all(all))).to.deep.equal(turns.map((_turn, at) => at))
      },
    )
    await holdsForAll(property, 100)
  })
})

function payCash(fundId: string, sum: number): Command {
  const purpose = { use: 'advance', caseNo: 'A1' } as const
  return { do: 'pay', fundId, account: 'cash', amountFen: fen(sum), purpose, source: aSource('payment-order') }
}

function send(services: LedgerServices, command: Command, key: string): Promise<string> {
  return codeOf(
    takeTurn(services, {
      by: { actor: systemActor('320614'), key, bodyHash: 'b'.repeat(64) },
      fundIds: fundsOf(command),
      plan: () => ({ commands: [command], settle: ([entries = []]) => entries }),
    }),
  )
}
