import { expect } from 'chai'
import fc from 'fast-check'
import { isLow } from '../../../src/ledger/fund.ts'
import { decide, isRefused } from '../../../src/ledger/decide.ts'
import type { Ground } from '../../../src/ledger/ground.ts'
import { afterDecision } from '../../../src/ledger/ground.ts'
import { isReversible } from '../../../src/ledger/reversible.ts'
import type { Command } from '../../../src/ledger/command.ts'
import { fen, MAX_AMOUNT_FEN } from '../../../src/shared/fen.ts'
import { APPROVED, aSource, CHANGLE, COUNTY, fixtureLedger, HAIYONG, SIJIA, YUELAI } from '../paper-ledger.ts'
import { anyStep, runHistory } from '../random-commands.ts'
import { expectSoundNow, verdictOf } from './invariants.ts'
import { holdsForAll } from './seeds.ts'

const histories = fc.array(anyStep, { minLength: 1, maxLength: 40, size: 'large' })

/** Layer (a): decisions alone, in thousands. */
describe('Ledger - properties of decisions', function () {
  this.timeout(60_000)

  it('balance, keep the identity, never overdraw, and add up again from the entries (I1–I4, I8, I20)', async () => {
    const property = fc.property(histories, (steps) => {
      const ledger = runHistory(steps, expectSoundNow)
      expect(verdictOf(ledger).faults).to.deep.equal([])
    })
    await holdsForAll(property, 150)
  })

  it('leave nothing at all when they are refusals (I10)', async () => {
    const property = fc.property(histories, (steps) => {
      let before: Ground = fixtureLedger().ground
      runHistory(steps, ({ ground }, { outcome }) => {
        if (outcome !== 'done') expect(ground === before).to.equal(true)
        before = ground
      })
    })
    await holdsForAll(property, 250)
  })

  it('undo an entry exactly, and only once (I9)', async () => {
    let undone = 0
    const property = fc.property(histories, fc.nat(), (steps, which) => {
      const ledger = runHistory(steps, () => undefined)
      const entry = ledger.entries.filter(isReversible).at(-1 - (which % 5))
      if (!entry) return
      const funds = [entry, ...ledger.entries.filter(({ _id }) => entry.twins.includes(_id))].map(
        ({ fundId }) => fundId,
      )
      const before = funds.map((fundId) => ledger.head(fundId).bal)
      const undo = (): string =>
        ledger.attempt({ do: 'reverse-entry', entryId: entry._id, ...APPROVED, source: aSource() }, { actor: 'C9' })
      if (undo() !== 'done') return
      undone += 1
      const moved = new Map(
        [entry, ...ledger.entries.filter(({ _id }) => entry.twins.includes(_id))].map((e) => [e.fundId, e]),
      )
      funds.forEach((fundId, at) => {
        const now = ledger.head(fundId).bal as Readonly<Record<string, number>>
        const then = before[at] as Readonly<Record<string, number>>
        for (const [account, balance] of Object.entries(now)) {
          const legs = moved.get(fundId)!.legs.filter(({ a }) => a === account)
          const turnover = Math.abs(legs.reduce((sum, { d, c }) => sum + d - c, 0))
          expect(Math.abs(balance - then[account]!)).to.equal(turnover)
        }
      })
      expect(undo()).to.be.oneOf(['entry.reversed_before', 'fund.frozen'])
      expectSoundNow(ledger)
    })
    await holdsForAll(property, 100)
    expect(undone).to.be.above(30)
  })

  it('give every fund the same chain in whatever order independent funds come (I13)', async () => {
    const moves = fc.array(
      fc.record({
        fundId: fc.constantFrom(CHANGLE, YUELAI, SIJIA, HAIYONG),
        do: fc.constantFrom('draw-cash' as const, 'return-cash' as const, 'book-arrival' as const),
        sum: fc.integer({ min: 1, max: 60_000 }),
      }),
      { minLength: 2, maxLength: 30 },
    )
    const property = fc.property(moves, fc.infiniteStream(fc.nat()), (list, picks) => {
      const commands = list.map(({ sum, ...move }, at) => ({
        at,
        command: { ...move, amountFen: fen(sum), source: { type: 'i13', id: String(at) } },
      }))
      expect(chainsOf(mixed(commands, picks))).to.deep.equal(chainsOf(commands))
    })
    await holdsForAll(property, 100)
  })

  it('tell once of each time a fund falls below its mark (I19)', async () => {
    const property = fc.property(histories, (steps) => {
      let wasLow = new Map([...fixtureLedger().ground.heads].map(([id, head]) => [id, isLow(head)]))
      let told = 0
      runHistory(steps, ({ ground, lows }) => {
        const lowNow = new Map([...ground.heads].map(([id, head]) => [id, isLow(head)]))
        const fallen = [...lowNow].filter(([id, low]) => low && wasLow.get(id) === false).map(([id]) => id)
        expect(
          lows
            .slice(told)
            .map(({ fundId }) => fundId)
            .sort(),
        ).to.deep.equal(fallen.sort())
        told = lows.length
        wasLow = lowNow
      })
    })
    await holdsForAll(property, 100)
  })

  it('never count beyond what is exact, however large the sums (I20)', async () => {
    const sums = fc.array(fc.oneof(fc.constant(MAX_AMOUNT_FEN), fc.integer({ min: 1, max: MAX_AMOUNT_FEN })), {
      minLength: 95,
      maxLength: 120,
    })
    const property = fc.property(sums, (list) => {
      const ledger = fixtureLedger()
      for (const sum of list) {
        const before = ledger.head(COUNTY).bal.c_bank ?? 0
        const outcome = ledger.attempt({ do: 'receive-budget', fundId: COUNTY, amountFen: fen(sum), source: aSource() })
        const after = ledger.head(COUNTY).bal.c_bank ?? 0
        expect(outcome === 'done' ? after - before : outcome).to.equal(outcome === 'done' ? sum : 'ledger.overflow')
      }
      expectSoundNow(ledger)
    })
    await holdsForAll(property, 10)
  })
})

interface Placed {
  readonly at: number
  readonly command: Command & { readonly fundId: string }
}

/** The hashes of each fund's entries, each command at its own moment under its own key. */
function chainsOf(commands: readonly Placed[]): Record<string, string[]> {
  let ground = fixtureLedger().ground
  const chains: Record<string, string[]> = {}
  for (const { at, command } of commands) {
    const moment = new Date(fixtureLedger().now.getTime() + at * 1_000)
    const stamp = { at: moment, actor: 'K-1', isPerson: true, key: `i13-${at}`, line: 0, bodyHash: 'b'.repeat(64) }
    const outcome = decide(ground, command, stamp)
    if (isRefused(outcome)) continue
    ground = afterDecision(ground, outcome)
    for (const { fundId, hash } of outcome.entries) (chains[fundId] ??= []).push(hash)
  }
  return chains
}

/** Another order of all commands in which those of one fund keep theirs. */
function mixed(commands: readonly Placed[], picks: Iterable<number>): Placed[] {
  const lines = new Map<string, Placed[]>()
  for (const one of commands) lines.set(one.command.fundId, [...(lines.get(one.command.fundId) ?? []), one])
  const order: Placed[] = []
  for (const pick of picks) {
    const waiting = [...lines.values()].filter(({ length }) => length > 0)
    if (waiting.length === 0) break
    order.push(waiting[pick % waiting.length]!.shift()!)
  }
  return order
}
