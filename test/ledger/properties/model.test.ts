import { expect } from 'chai'
import fc from 'fast-check'
import { verifyLedger } from '../../../src/ledger/index.ts'
import { statusOfCode } from '../../../src/shared/errors.ts'
import type { PaperLedger } from '../paper-ledger.ts'
import { fixtureLedger } from '../paper-ledger.ts'
import { anyStep } from '../random-commands.ts'
import type { Step } from '../random-commands.ts'
import type { Asked, ModelWorld } from './model-world.ts'
import { modelWorld } from './model-world.ts'
import { holdsForAll } from './seeds.ts'

/** What should be: the ledger on paper, what each key was answered, and what was posted out of which source. */
interface Model {
  readonly paper: PaperLedger
  readonly answered: { readonly asked: Asked; readonly outcome: string }[]
  readonly sources: Set<string>
}

type Doing = fc.AsyncCommand<Model, ModelWorld>

/** Layer (b): the real database beside the ledger on paper. */
describe('Ledger - properties against the real database', function () {
  this.timeout(90_000)
  let real: ModelWorld
  const met = new Set<string>()

  before(async () => {
    real = await modelWorld()
  })

  const act = (name: string, run: (model: Model) => Promise<void>): Doing => ({
    check: () => true,
    run,
    toString: () => name,
  })

  /** A command under a fresh key. */
  const post = (step: Step): Doing =>
    act('post', async (model) => {
      const { command, actor, afterMs } = step(model.paper)
      model.paper.now = new Date(model.paper.now.getTime() + afterMs)
      real.clock.at = model.paper.now
      const asked: Asked = { command, actor, key: `k-${model.answered.length}` }
      const expected = onPaper(model, asked)
      expect(await real.ask(asked), JSON.stringify(command)).to.equal(expected)
      if (expected === 'done' || statusOfCode(expected) === 422) model.answered.push({ asked, outcome: expected })
      met.add(expected)
    })

  /** I5, I6: the same key again, though time has passed and money has come or gone. */
  const repeat = (which: number): Doing =>
    act('repeat', async ({ answered }) => {
      const first = answered[which % Math.max(1, answered.length)]
      if (first) expect(await real.ask(first.asked)).to.equal(first.outcome)
    })

  /** I5: the same key for something else. */
  const misuse = (which: number): Doing =>
    act('misuse', async ({ answered }) => {
      const first = answered[which % Math.max(1, answered.length)]
      if (first) expect(await real.ask({ ...first.asked, bodyHash: 'c'.repeat(64) })).to.equal('key.other_body')
    })

  /** I7: what was posted before, under a fresh key. */
  const again = (which: number): Doing =>
    act('again', async (model) => {
      const done = model.answered.filter(({ asked, outcome }) => outcome === 'done' && 'source' in asked.command)
      const first = done[which % Math.max(1, done.length)]
      if (!first) return
      const asked = { ...first.asked, key: `k-${model.answered.length}` }
      const expected = onPaper(model, asked)
      expect(expected).not.to.equal('done')
      expect(await real.ask(asked)).to.equal(expected)
      if (statusOfCode(expected) === 422) model.answered.push({ asked, outcome: expected })
      met.add(expected)
    })

  it('does what the ledger on paper does, to the last byte, and gives every key one answer (I1–I11, I19)', async () => {
    const steps = [
      ...Array.from({ length: 6 }, () => anyStep.map(post)),
      fc.nat().map(repeat),
      fc.nat().map(misuse),
      fc.nat().map(again),
    ]
    const property = fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: 'max' }), async (commands) => {
      const paper = fixtureLedger()
      const sources = new Set(paper.entries.map(sourceKey))
      const model: Model = { paper, answered: [], sources }
      await real.startFrom(paper)
      await fc.asyncModelRun(() => ({ model, real }), commands)
      await expectSame(paper)
    })
    await holdsForAll(property, 2)
    expect([...met]).to.include.members(['done', 'ledger.source_used', 'fund.insufficient'])
  })

  /** Entries, heads, holds, parts, lines and rows of the database, and what the ledger's own verifier says. */
  async function expectSame(paper: PaperLedger): Promise<void> {
    const { connection, services } = real
    const stored = await connection.collection('ledger_entries').find({}).project({ hash: 1 }).toArray()
    expect(stored.map(({ hash }) => String(hash)).sort()).to.deep.equal(paper.entries.map(({ hash }) => hash).sort())
    const { heads, holds = [], subs = [] } = await services.ledger.projections()
    const byId = <One extends { readonly fundId: string }>(all: readonly One[]): One[] =>
      [...all].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    expect(byId(heads)).to.deep.equal(byId([...paper.ground.heads.values()]))
    expect(byId(holds)).to.deep.equal(byId(paper.holds()))
    const open = (all: typeof subs): string[] => all.map((s) => `${s.fundId}|${s.account}|${s.sub} ${s.amountFen}`)
    expect(open(subs).sort()).to.deep.equal(open(paper.subs()).sort())
    expect((await verifyLedger(services.ledger)).faults).to.deep.equal([])
    const lows = await connection.collection('journal').countDocuments({ type: 'fund.low' })
    expect(lows).to.equal(paper.lows.length)
    const moved = await connection.collection('outbox').countDocuments({ type: 'fund.moved' })
    expect(moved).to.equal(paper.entries.length - fixtureLedger().entries.length)
  }
})

/** What should come of it; a source that was posted before is refused, and leaves the paper as it was. */
function onPaper({ paper, sources }: Model, { command, actor, key }: Asked): string {
  const before = { ground: paper.ground, entries: paper.entries.length, lows: paper.lows.length }
  const outcome = paper.attempt(command, { actor, key })
  const keys = paper.entries.slice(before.entries).map(sourceKey)
  if (!keys.some((one) => sources.has(one))) {
    for (const one of keys) sources.add(one)
    return outcome
  }
  paper.ground = before.ground
  paper.entries.length = before.entries
  paper.lows.length = before.lows
  return 'ledger.source_used'
}

function sourceKey({ source, kind }: { readonly source: { type: string; id: string }; readonly kind: string }): string {
  return `${source.type} ${source.id} ${kind}`
}
