import { expect } from 'chai'
import fc from 'fast-check'
import { fen } from '../../src/shared/fen.ts'
import { sealEntry } from '../../src/ledger/chain.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import { GENESIS } from '../../src/ledger/fund.ts'
import type { FundHead } from '../../src/ledger/fund.ts'
import type { KnownPoint, Projections, Verdict } from '../../src/ledger/verify/verifier.ts'
import { createVerifier } from '../../src/ledger/verify/verifier.ts'
import type { PaperLedger } from './paper-ledger.ts'
import { APPROVED, aSource, CHANGLE, COUNTY, fixtureLedger, paidOrder } from './paper-ledger.ts'

describe('Ledger - verify', () => {
  let ledger: PaperLedger
  let sound: Entry[]

  before(() => {
    ledger = fixtureLedger()
    for (const [caseNo, sum] of [
      ['A1', 1_000],
      ['A2', 2_000],
      ['A1', 3_000],
    ] as const)
      paidOrder(ledger, CHANGLE, 'cash', caseNo, fen(sum))
    const claim = { caseNo: 'A1', type: '急难', amountFen: fen(4_000) }
    ledger.run({ do: 'confirm-advance', fundId: CHANGLE, ...claim, source: aSource() })
    ledger.run({
      do: 'replenish',
      fundId: CHANGLE,
      lines: [{ ...claim, into: 'bank' }],
      ...APPROVED,
      source: aSource(),
    })
    ledger.run({ do: 'freeze-fund', fundId: CHANGLE, source: aSource() })
    ledger.run({ do: 'thaw-fund', fundId: CHANGLE, ...APPROVED, source: aSource() })
    sound = [...ledger.entries].sort((a, b) => (a.fundId === b.fundId ? a.seq - b.seq : a.fundId < b.fundId ? -1 : 1))
  })

  function projections(): Projections {
    return { heads: [...ledger.ground.heads.values()], holds: ledger.holds(), subs: ledger.subs() }
  }

  function verify(entries: readonly Entry[], other: Partial<Projections> = {}, known?: KnownPoint[]): Verdict {
    const verifier = createVerifier()
    for (const entry of entries) verifier.add(entry)
    return verifier.finish({ ...projections(), ...other }, known)
  }

  function faultsOf(fundId: string, verdict: Verdict): string[] {
    return verdict.faults.filter((fault) => fault.fundId === fundId).map(({ seq, check }) => `${seq} ${check}`)
  }

  const ofChangle = (): Entry[] => sound.filter((entry) => entry.fundId === CHANGLE)
  const others = (): Entry[] => sound.filter((entry) => entry.fundId !== CHANGLE)

  it('finds nothing wrong with a sound ledger', () => {
    expect(verify(sound)).to.deep.include({ entries: sound.length, funds: 9, faults: [] })
  })

  describe('when one field of one entry is changed', () => {
    /** Every path to a value inside an entry: `legs.0.d`, `after.bal.bank`. */
    function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
      if (typeof value !== 'object' || value === null) return [[...path]]
      const inner = Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))
      return inner.length > 0 ? inner : [[...path]]
    }

    function changed(entry: Entry, path: readonly string[]): Entry {
      const copy = structuredClone(entry)
      const last = path.at(-1)!
      const holder = path
        .slice(0, -1)
        .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy as never)
      const value = holder[last]
      holder[last] = typeof value === 'number' ? value + 1 : Array.isArray(value) ? ['x'] : `${String(value)}x`
      return copy
    }

    it('names that very entry, whatever the field, in every kind of entry', () => {
      let fields = 0
      for (const entry of sound)
        for (const path of pathsOf(entry)) {
          fields += 1
          const tampered = sound.map((found) => (found === entry ? changed(entry, path) : found))
          const { faults } = verify(tampered)
          const isNamed = faults.some(
            ({ fundId, seq }) => seq === entry.seq && (fundId === entry.fundId || path[0] === 'fundId'),
          )
          expect(isNamed, `${entry._id} ${entry.kind} ${path.join('.')}`).to.equal(true)
        }
      expect(fields).to.be.above(1_000)
    })

    it('names the entry when a field is taken away or added', () => {
      for (const entry of ofChangle()) {
        for (const key of Object.keys(entry)) {
          const rest = Object.fromEntries(Object.entries(entry).filter(([name]) => name !== key)) as unknown as Entry
          const tampered = sound.map((found) => (found === entry ? rest : found))
          const seqs = verify(tampered).faults.map((fault) => fault.seq)
          expect(seqs, `${entry._id} without ${key}`).to.include(entry.seq)
        }
        const more = sound.map((found) => (found === entry ? ({ ...entry, note: 'x' } as Entry) : found))
        expect(faultsOf(CHANGLE, verify(more))).to.deep.equal([`${entry.seq} hash`])
      }
    })
  })

  describe('when entries are taken out, put in or moved', () => {
    it('names the gap where an entry is gone', () => {
      for (const gone of ofChangle().slice(0, -1)) {
        const verdict = verify(sound.filter((entry) => entry !== gone))
        expect(faultsOf(CHANGLE, verdict)[0], gone._id).to.match(new RegExp(`^${gone.seq} (gap|opening)$`))
      }
    })

    it('names the first missing entry when the end is cut off, however much of it', () => {
      const entries = ofChangle()
      for (let kept = 0; kept < entries.length; kept += 1) {
        const verdict = verify([...others(), ...entries.slice(0, kept)])
        expect(faultsOf(CHANGLE, verdict)).to.deep.equal([`${kept + 1} head`])
      }
    })

    it('names the place where an entry stands twice or two are swapped', () => {
      fc.assert(
        fc.property(fc.nat(ofChangle().length - 2), (at) => {
          const entries = ofChangle()
          const twice = entries.toSpliced(at + 1, 0, entries[at]!)
          expect(faultsOf(CHANGLE, verify([...others(), ...twice]))).to.deep.equal([`${at + 2} gap`])
          const swapped = entries.with(at, entries[at + 1]!).with(at + 1, entries[at]!)
          expect(faultsOf(CHANGLE, verify([...others(), ...swapped]))[0]).to.match(
            new RegExp(`^${at + 1} (gap|opening)$`),
          )
        }),
      )
    })
  })

  describe('when the chain itself is forged', () => {
    /** Changes an entry and works out every later hash again, as an insider with the source code would. */
    function rehashed(from: number, change: (entry: Entry) => Entry): Entry[] {
      let prev = GENESIS
      return ofChangle().map((entry) => {
        const { hash, ...fields } = entry.seq === from ? change(entry) : entry
        const forged = entry.seq < from ? { ...fields, hash } : sealEntry({ ...fields, prev })
        prev = forged.hash
        return forged
      })
    }

    function headOf(entry: Entry): FundHead[] {
      const { seq, hash } = entry
      return projections().heads.map((head) => (head.fundId === CHANGLE ? { ...head, seq, hash, ver: seq } : head))
    }

    it('meets the head, which still names the true last entry', () => {
      const forged = rehashed(6, (entry) => ({ ...entry, reason: 'forged' }))
      expect(faultsOf(CHANGLE, verify([...others(), ...forged]))).to.deep.equal(['16 head'])
    })

    it('cannot change an amount: balances, holds and the county know better', () => {
      const forged = rehashed(7, (entry) => ({
        ...entry,
        legs: entry.legs.map((leg) => ({ ...leg, d: leg.d && fen(leg.d - 1), c: leg.c && fen(leg.c - 1) })),
      }))
      const verdict = verify([...others(), ...forged], { heads: headOf(forged.at(-1)!) })
      expect(faultsOf(CHANGLE, verdict)).to.deep.equal(['7 balances'])
    })

    it('shows only to a point kept elsewhere when head and chain are forged together', () => {
      const forged = rehashed(6, (entry) => ({ ...entry, reason: 'forged' }))
      const heads = headOf(forged.at(-1)!)
      const kept = ofChangle().at(-1)!
      expect(verify([...others(), ...forged], { heads }).faults).to.deep.equal([])
      const verdict = verify([...others(), ...forged], { heads }, [{ fundId: CHANGLE, seq: kept.seq, hash: kept.hash }])
      expect(faultsOf(CHANGLE, verdict)).to.deep.equal([`${kept.seq} head`])
    })

    it('leaves its other half in the county behind when an event is cut off together with the head', () => {
      const entries = ofChangle().filter((entry) => entry.kind !== 'fund.frozen' && entry.kind !== 'fund.thawed')
      const at = entries.findIndex((entry) => entry.kind === 'claims.replenished')
      const county = sound.find((entry) => entry.kind === 'county.claims.replenished')!
      const cut = entries.slice(0, at)
      const last = cut.at(-1)!
      const { seq, hash, bookedAt, period, after } = last
      const heads = projections().heads.map((head) =>
        head.fundId === CHANGLE ? { ...head, seq, hash, bookedAt, period, bal: after.bal, held: after.held } : head,
      )
      const subs = ledger.subs().filter((sub) => sub.fundId !== CHANGLE)
      const restored = [
        ...subs,
        { fundId: CHANGLE, account: 'advance', sub: 'A2', amountFen: fen(2_000), since: '' },
        { fundId: CHANGLE, account: 'claim', sub: 'A1|急难', amountFen: fen(4_000), since: '' },
        { fundId: CHANGLE, account: 'inkind', sub: 'by-value@1', amountFen: fen(100_000), since: '' },
      ] as const
      const verdict = verify([...others(), ...cut], { heads, subs: restored })
      expect(verdict.faults.map(({ fundId, seq: at_, check }) => `${fundId} ${at_} ${check}`)).to.deep.equal([
        `${COUNTY} ${county.seq} twin`,
      ])
    })
  })

  describe('when something beside the entries is changed', () => {
    it('names a head put back', () => {
      const heads = projections().heads.map((head) =>
        head.fundId === CHANGLE ? { ...head, seq: 5, hash: ofChangle()[4]!.hash } : head,
      )
      expect(faultsOf(CHANGLE, verify(sound, { heads }))).to.deep.equal(['16 head'])
    })

    for (const field of ['hash', 'bookedAt', 'period', 'status', 'name', 'bal', 'held', 'terms'] as const)
      it(`names a head with another ${field}`, () => {
        const value = { bal: { bank: fen(1) }, held: {}, terms: { floatFen: fen(1), lowWaterPercent: 30 } }
        const heads = projections().heads.map((head) =>
          head.fundId === CHANGLE ? { ...head, [field]: field in value ? value[field as 'bal'] : 'x' } : head,
        )
        expect(faultsOf(CHANGLE, verify(sound, { heads }))).to.deep.equal(['16 head'])
      })

    it('names a fund whose head is gone', () => {
      const heads = projections().heads.filter((head) => head.fundId !== CHANGLE)
      expect(faultsOf(CHANGLE, verify(sound, { heads }))).to.deep.equal(['15 head'])
    })

    it('names a hold that says something else, or is gone', () => {
      const holds = ledger.holds()
      const changed = holds.map((hold, index) => (index === 0 ? { ...hold, status: 'pending' as const } : hold))
      expect(faultsOf(CHANGLE, verify(sound, { holds: changed }))).to.deep.equal(['15 hold-list'])
      expect(faultsOf(CHANGLE, verify(sound, { holds: holds.slice(1) }))).to.deep.equal(['15 hold-list'])
    })

    it('names an open advance that says something else, or is gone', () => {
      const subs = ledger.subs()
      const changed = subs.map((sub) => (sub.sub === 'A2' ? { ...sub, amountFen: fen(1) } : sub))
      expect(faultsOf(CHANGLE, verify(sound, { subs: changed }))).to.deep.equal(['15 part-list'])
      expect(faultsOf(CHANGLE, verify(sound, { subs: subs.filter((sub) => sub.sub !== 'A2') }))).to.deep.equal([
        '15 part-list',
      ])
    })
  })
})
