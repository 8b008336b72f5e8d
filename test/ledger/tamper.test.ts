import { expect } from 'chai'
import fc from 'fast-check'
import { sealEntry } from '../../src/ledger/chain.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import type { FundHead } from '../../src/ledger/fund.ts'
import { GENESIS } from '../../src/ledger/fund.ts'
import type { Seal } from '../../src/ledger/periods/seal.ts'
import type { Checkpoint } from '../../src/ledger/proof/checkpoint.ts'
import type { LedgerKey } from '../../src/ledger/proof/ledger-key.ts'
import { introduceKey } from '../../src/ledger/proof/ledger-key.ts'
import type { Leaf } from '../../src/ledger/proof/tree-store.ts'
import type { ProofMaterial } from '../../src/ledger/verify/proof-material.ts'
import type { Projections, Verdict } from '../../src/ledger/verify/verifier.ts'
import { createVerifier } from '../../src/ledger/verify/verifier.ts'
import { fen } from '../../src/shared/fen.ts'
import type { PaperLedger } from './paper-ledger.ts'
import { aSource, CHANGLE, fixtureLedger, paidOrder } from './paper-ledger.ts'
import { aSigner, checkpointOf, keysOf, leavesOf, sealsOf } from './paper-proof.ts'

/** Everything somebody with the whole database and the source code can write. */
interface Stored {
  readonly entries: readonly Entry[]
  readonly heads: readonly FundHead[]
  readonly leaves: readonly Leaf[]
  readonly checkpoints: readonly Checkpoint[]
  readonly seals: readonly Seal[]
  readonly keys: readonly LedgerKey[]
}

describe('Ledger - tamper matrix', function () {
  this.timeout(60_000)
  const signer = aSigner()
  let ledger: PaperLedger
  let sound: Stored
  let kept: Checkpoint[]

  before(() => {
    ledger = fixtureLedger()
    paidOrder(ledger, CHANGLE, 'cash', 'A1', fen(1_000))
    paidOrder(ledger, CHANGLE, 'bank', 'A2', fen(2_000))
    ledger.run({
      do: 'confirm-advance',
      fundId: CHANGLE,
      caseNo: 'A1',
      type: '急难',
      amountFen: fen(1_000),
      source: aSource(),
    })
    const november = leavesOf(ledger.entries)
    ledger.now = new Date('2026-12-02T09:00:00+08:00')
    for (const fundId of [...ledger.ground.heads.keys()])
      ledger.run({ do: 'close-period', fundId, period: '2026-11', source: aSource('period') })
    paidOrder(ledger, CHANGLE, 'cash', 'A3', fen(3_000))
    const late = { effectiveOn: '2026-11-30', lateFor: '2026-11' }
    ledger.run({ do: 'draw-cash', fundId: CHANGLE, amountFen: fen(500), source: aSource(), ...late })
    sound = storedOf(ledger.entries)
    kept = [checkpointOf(november, signer), checkpointOf(sound.leaves, signer)]
  })

  /** What a true system would store for entries. */
  function storedOf(entries: readonly Entry[], by = signer): Stored {
    const sorted = inFunds(entries)
    const heads = [...ledger.ground.heads.values()]
    const leaves = leavesOf(sorted)
    const [first, all] = [checkpointOf(leaves, by, Math.min(40, leaves.length)), checkpointOf(leaves, by)]
    const seals = sealsOf(sorted, heads, by)
    return { entries: sorted, heads, leaves, checkpoints: [first, all], seals, keys: keysOf(by) }
  }

  function inFunds(entries: readonly Entry[]): Entry[] {
    return [...entries].sort((a, b) => (a.fundId === b.fundId ? a.seq - b.seq : a.fundId < b.fundId ? -1 : 1))
  }

  function verify(stored: Stored, outside: Partial<ProofMaterial> = {}, other: Partial<Projections> = {}): Verdict {
    const verifier = createVerifier()
    for (const entry of stored.entries) verifier.add(entry)
    const { leaves, checkpoints, seals, keys } = stored
    const projections = { heads: stored.heads, ...other }
    return verifier.finish(projections, [], { leaves, checkpoints, seals, keys, ...outside })
  }

  function faultsOf(verdict: Verdict, fundId = CHANGLE): string[] {
    return verdict.faults.filter((fault) => fault.fundId === fundId).map(({ seq, check }) => `${seq} ${check}`)
  }

  const ofChangle = (stored = sound): Entry[] => stored.entries.filter(({ fundId }) => fundId === CHANGLE)
  const others = (stored = sound): Entry[] => stored.entries.filter(({ fundId }) => fundId !== CHANGLE)

  /** Changes an entry and works out every later hash, and every close, as an insider with the source code would. */
  function rehashed(from: number, change: (entry: Entry) => Entry): Entry[] {
    let prev = GENESIS
    const hashes = new Map<number, string>()
    return ofChangle().map((entry) => {
      const { hash, ...fields } = entry.seq === from ? change(entry) : entry
      const close = entry.seq > from && fields.close && { ...fields.close, hash: hashes.get(fields.close.seq)! }
      const forged =
        entry.seq < from ? { ...fields, hash } : sealEntry({ ...fields, ...(close ? { close } : {}), prev })
      prev = forged.hash
      hashes.set(entry.seq, forged.hash)
      return forged
    })
  }

  /** Heads that agree with forged entries. */
  function headsWith(forged: readonly Entry[]): FundHead[] {
    const last = forged.at(-1)!
    const closed = forged.findLast(({ close }) => close)?.close
    const { seq, hash, bookedAt, period } = last
    const { bal, held } = last.after
    return sound.heads.map((head) => {
      if (head.fundId !== CHANGLE) return head
      const months = closed ? { closed, ended: [] } : {}
      return { ...head, seq, hash, bookedAt, period, bal, held, ver: seq, ...months }
    })
  }

  it('finds nothing wrong with what nobody touched, also against what was kept outside', () => {
    const verdict = verify(sound, { kept })
    expect(verdict.faults).to.deep.equal([])
    expect(verdict.proven).to.deep.include({ kept: 2, leaves: sound.entries.length, seals: 9 })
  })

  describe('every field of every entry of a fund', () => {
    it('names the entry when only the entry is changed, whatever the field', () => {
      let fields = 0
      for (const entry of ofChangle())
        for (const path of pathsOf(entry)) {
          fields += 1
          const entries = sound.entries.map((found) => (found === entry ? mutated(entry, path) : found))
          const { faults } = verify({ ...sound, entries })
          const isNamed = faults.some(
            ({ fundId, seq }) => seq === entry.seq && (fundId === CHANGLE || path[0] === 'fundId'),
          )
          expect(isNamed, `${entry._id} ${path.join('.')}`).to.equal(true)
        }
      expect(fields).to.be.above(500)
    })

    it('names the entry when the chain behind it and the head are worked out again', () => {
      for (const entry of ofChangle())
        for (const path of pathsOf(entry).filter(([field]) => !PLACE.has(field!))) {
          const forged = rehashed(entry.seq, (found) => mutated(found, path))
          const entries = inFunds([...others(), ...forged])
          const verdict = verify({ ...sound, entries, heads: headsWith(forged) })
          const [named] = faultsOf(verdict)
          expect(named?.split(' ')[0], `${entry._id} ${path.join('.')}: ${named ?? ''}`).to.equal(String(entry.seq))
        }
    })

    it('meets a signed root when leaves are rewritten too', () => {
      for (const entry of ofChangle())
        for (const path of HARMLESS) {
          const forged = rehashed(entry.seq, (found) => withField(found, path))
          const entries = inFunds([...others(), ...forged])
          const verdict = verify({ ...sound, entries, heads: headsWith(forged), leaves: leavesOf(entries) })
          expect(
            verdict.faults.map(({ fundId }) => fundId),
            `${entry._id} ${path}`,
          ).to.include(CHANGLE)
          const at = Number(faultsOf(verdict)[0]!.split(' ')[0])
          expect(at).to.be.at.least(entry.seq)
        }
    })

    it('meets what was kept outside when everything is forged and signed again with the stolen key', () => {
      for (const entry of ofChangle()) {
        const forged = rehashed(entry.seq, (found) => withField(found, 'reason'))
        const all = { ...storedOf([...others(), ...forged]), heads: headsWith(forged) }
        expect(verify(all).faults, `${entry._id}: alone it is consistent`).to.deep.equal([])
        const named = faultsOf(verify(all, { kept }))
        expect(named, entry._id).to.have.length(1)
        expect(named[0]).to.match(/checkpoint$/)
        expect(Number(named[0]!.split(' ')[0])).to.be.at.least(entry.seq)
      }
    })

    it('meets the keys kept outside when everything is signed with a key of the forger', () => {
      const thief = aSigner()
      const forged = rehashed(3, (found) => withField(found, 'reason'))
      const all = { ...storedOf([...others(), ...forged], thief), heads: headsWith(forged) }
      expect(verify(all).faults).to.deep.equal([])
      const verdict = verify(all, { trusted: keysOf(signer) })
      expect(verdict.faults.map(({ fundId, check }) => `${fundId} ${check}`)).to.include('ledger-keys signature')
    })
  })

  describe('entries taken out, put in, moved or cut off', () => {
    it('names the first number that is gone, wherever', () => {
      for (const gone of ofChangle()) {
        const entries = sound.entries.filter((entry) => entry !== gone)
        const [named] = faultsOf(verify({ ...sound, entries }))
        expect(named?.split(' ')[0], gone._id).to.equal(String(gone.seq))
      }
    })

    it('names the place where one was put in or two were swapped', () => {
      fc.assert(
        fc.property(fc.nat(ofChangle().length - 2), (at) => {
          const entries = ofChangle()
          const twice = [...others(), ...entries.toSpliced(at + 1, 0, entries[at]!)]
          expect(faultsOf(verify({ ...sound, entries: twice }))[0]).to.match(new RegExp(`^${at + 2} `))
          const swapped = entries.with(at, entries[at + 1]!).with(at + 1, entries[at]!)
          const named = faultsOf(verify({ ...sound, entries: [...others(), ...swapped] }))[0]
          expect(named).to.match(new RegExp(`^${at + 1} `))
        }),
      )
    })

    it('names the first missing number of a cut tail, also when head and projections were put back with it', () => {
      const entries = ofChangle()
      for (let left = 1; left < entries.length; left += 1) {
        const cut = entries.slice(0, left)
        const verdict = verify({ ...sound, entries: [...others(), ...cut], heads: headsWith(cut) })
        expect(faultsOf(verdict)[0]?.split(' ')[0], String(left)).to.equal(String(left + 1))
      }
    })

    it('lists the missing numbers when the whole database was put back to yesterday', () => {
      const yesterday = ledgerUntil('2026-12-01')
      const alone = verify(yesterday)
      expect(alone.faults, 'alone yesterday is consistent').to.deep.equal([])
      const { faults } = verify(yesterday, { kept })
      const fault = faults.find(({ fundId }) => fundId === CHANGLE)!
      const last = ofChangle(yesterday).at(-1)!.seq
      expect([fault.seq, fault.check]).to.deep.equal([last + 1, 'missing'])
      expect(fault.detail).to.include(`entries ${last + 1}–${ofChangle().at(-1)!.seq} are missing`)
      expect(faults.some(({ fundId, check }) => fundId.startsWith('jiujinan/') && check === 'missing')).to.equal(true)
    })

    it('counts what is missing under a bare note, typed from paper', () => {
      const { faults } = verify(ledgerUntil('2026-12-01'), { kept: kept.map(({ note }) => ({ note })) })
      expect(faults.map(({ check }) => check)).to.deep.equal(['missing'])
      const gone = sound.entries.length - ledgerUntil('2026-12-01').entries.length
      expect(faults[0]!.detail).to.include(`${gone} of ${sound.entries.length} entries`)
    })

    function ledgerUntil(day: string): Stored {
      const entries = sound.entries.filter(({ bookedAt }) => bookedAt < day)
      const heads = sound.heads.map((head) => {
        const last = entries.findLast(({ fundId }) => fundId === head.fundId)!
        const { seq, hash, bookedAt, period } = last
        const { bal, held } = last.after
        const plain = Object.fromEntries(
          Object.entries(head).filter(([name]) => !['closed', 'ended'].includes(name)),
        ) as unknown as FundHead
        return { ...plain, seq, hash, bookedAt, period, bal, held, ver: seq }
      })
      return { ...storedOf(entries), heads }
    }
  })

  describe('what proves the ledger', () => {
    it('fails with a checkpoint swapped for another, changed, or signed by somebody else', () => {
      const [first, second] = sound.checkpoints as [Checkpoint, Checkpoint]
      const named = (checkpoints: readonly Checkpoint[]) =>
        verify({ ...sound, checkpoints }).faults.map(({ check }) => check)
      expect(named([{ ...first, note: second.note }, second])).to.include('checkpoint')
      expect(named([{ ...first, root: second.root }, second])).to.not.deep.equal([])
      expect(named([{ ...first, points: second.points }, second])).to.not.deep.equal([])
      expect(named([{ ...first, note: first.note.replace('time 2026', 'time 2025') }, second])).to.include('checkpoint')
      expect(named([first, checkpointOf(sound.leaves, aSigner())])).to.include('signature')
    })

    it('fails with a kept checkpoint nobody here signed', () => {
      const { faults } = verify(sound, { kept: [checkpointOf(sound.leaves, aSigner())] })
      expect(faults.map(({ check }) => check)).to.deep.equal(['signature'])
      expect(verify(sound, { kept: [{ note: 'no checkpoint\n' }] }).faults[0]!.check).to.equal('checkpoint')
    })

    it('fails with any field of a seal changed, and with a seal of a month that has none', () => {
      const seal = sound.seals.find(({ fundId }) => fundId === CHANGLE)!
      for (const path of pathsOf(seal)) {
        const seals = sound.seals.map((found) => (found === seal ? mutated(seal, path) : found))
        expect(verify({ ...sound, seals }).faults, path.join('.')).to.not.deep.equal([])
      }
      const invented = [...sound.seals, { ...seal, period: '2026-12' }]
      expect(verify({ ...sound, seals: invented }).faults.map(({ check }) => check)).to.deep.equal(['seal'])
    })

    it('fails with leaves left out, doubled, swapped or changed', () => {
      const { leaves } = sound
      const at = leaves.findIndex(({ fundId }) => fundId === CHANGLE)
      for (const other of [
        leaves.toSpliced(at, 1),
        leaves.slice(0, -1),
        leaves.toSpliced(at, 0, leaves[at]!),
        leaves.with(at, leaves[at + 1]!).with(at + 1, leaves[at]!),
        leaves.with(at, { ...leaves[at]!, hash: 'f'.repeat(64) }),
        [],
      ])
        expect(verify({ ...sound, leaves: other }).faults).to.not.deep.equal([])
    })

    it('lets the next key sign once the old one has introduced it, and the old one no more', () => {
      const next = aSigner()
      const [first] = keysOf(signer) as [LedgerKey]
      const second = introduceKey(next, { no: 1, signer }, '2026-12-02T00:00:00.000Z')
      const keys = [first, second]
      const old = checkpointOf(sound.leaves, signer, 40)
      const newer = checkpointOf(sound.leaves, next)
      expect(
        verify({ ...sound, keys, checkpoints: [old, newer] }, { trusted: [first], kept: [old] }).faults,
      ).to.deep.equal([])
      const backwards = [checkpointOf(sound.leaves, next, 40), checkpointOf(sound.leaves, signer)]
      expect(verify({ ...sound, keys, checkpoints: backwards }).faults.map(({ check }) => check)).to.deep.equal([
        'signature',
      ])
      const invented = [first, introduceKey(next, { no: 1, signer: next }, '2026-12-02T00:00:00.000Z')]
      expect(verify({ ...sound, keys: invented }).faults.map(({ fundId }) => fundId)).to.include('ledger-keys')
    })
  })
})

/** Fields that say where an entry stands: a forger who changes them makes a gap, not a forgery. */
const PLACE = new Set(['_id', 'v', 'county', 'fundId', 'seq', 'prev', 'hash'])

/** Fields whose change breaks no rule of the book. */
const HARMLESS = ['reason', 'approver', 'actor', 'bodyHash'] as const

function withField(entry: Entry, field: (typeof HARMLESS)[number]): Entry {
  return { ...entry, [field]: 'f'.repeat(64) }
}

/** Every path to a value: `legs.0.d`, `after.bal.bank`. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]]
  const inner = Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))
  return inner.length > 0 ? inner : [[...path]]
}

function mutated<Value>(original: Value, path: readonly string[]): Value {
  const copy = structuredClone(original)
  const last = path.at(-1)!
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy as never)
  const value = holder[last]
  holder[last] = typeof value === 'number' ? value + 1 : Array.isArray(value) ? ['x'] : `${String(value)}x`
  return copy
}
