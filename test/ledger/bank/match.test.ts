import { expect } from 'chai'
import fc from 'fast-check'
import { dayPlus } from '../../../src/shared/china-day.ts'
import { findMatches } from '../../../src/ledger/bank/match.ts'

const WINDOW = 5

const day = fc.integer({ min: 0, max: 20 }).map((n) => dayPlus('2026-11-01', n))
const amount = fc.constantFrom(-500, -300, 300)
const lines = fc
  .array(fc.record({ on: day, amountFen: amount, reference: fc.constantFrom('R1', 'R2', 'R3') }), { maxLength: 12 })
  .map((all) => all.map((line, index) => ({ ...line, _id: `line-${index}` })))
const entries = fc
  .array(fc.record({ on: day, amountFen: amount }), { maxLength: 12 })
  .map((all) => all.map((entry, index) => ({ ...entry, seq: index + 1, entryId: `entry-${index}` })))
const references = fc.uniqueArray(
  fc.record({ reference: fc.constantFrom('R1', 'R2', 'R3'), entryId: fc.nat(11).map((n) => `entry-${n}`) }),
  { selector: ({ entryId }) => entryId, maxLength: 6 },
)

describe('Ledger - match lines with entries', () => {
  it('pairs one line with one entry of the same amount, by its reference or near its day, whatever lies there', () => {
    fc.assert(
      fc.property(lines, entries, references, (someLines, someEntries, known) => {
        const found = findMatches(someLines, someEntries, known, WINDOW)
        expect(new Set(found.map(({ lineId }) => lineId)).size).to.equal(found.length)
        expect(new Set(found.map(({ entryId }) => entryId)).size).to.equal(found.length)
        for (const { lineId, entryId, way } of found) {
          const line = someLines.find(({ _id }) => _id === lineId)
          const entry = someEntries.find((one) => one.entryId === entryId)
          expect(line?.amountFen).to.equal(entry?.amountFen)
          const daysApart = Math.abs(Date.parse(line?.on ?? '') - Date.parse(entry?.on ?? '')) / 86_400_000
          if (way === 'amount') expect(daysApart).to.be.at.most(WINDOW)
          else expect(known).to.deep.include({ reference: line?.reference, entryId })
        }
      }),
    )
  })

  it('finds the same pairs in whatever order the two sides are given, where no two lines bear one reference', () => {
    fc.assert(
      fc.property(lines, entries, fc.nat(11), (someLines, someEntries, turn) => {
        const unnamed = someLines.map((line, index) => ({ ...line, reference: `L${index}` }))
        const turned = [...unnamed.slice(turn), ...unnamed.slice(0, turn)]
        const inOrder = (found: ReturnType<typeof findMatches>) =>
          found.map(({ lineId, entryId }) => lineId + entryId).sort()
        const once = inOrder(findMatches(unnamed, someEntries, [], WINDOW))
        expect(inOrder(findMatches(turned, [...someEntries].reverse(), [], WINDOW))).to.deep.equal(once)
      }),
    )
  })

  it('prefers the reference to the amount, and guesses nothing between two alike', () => {
    const line = (id: string, on: string, reference = 'X') => ({ _id: id, on, reference, amountFen: -500 })
    const entry = (seq: number, on: string) => ({ entryId: `e${seq}`, seq, on, amountFen: -500 })
    const two = [entry(1, '2026-11-01'), entry(2, '2026-11-02')]
    expect(findMatches([line('a', '2026-11-01')], two, [], WINDOW)).to.deep.equal([])
    const named = findMatches(
      [line('a', '2026-11-01', 'B2'), line('b', '2026-11-02')],
      two,
      [{ reference: 'B2', entryId: 'e2' }],
      WINDOW,
    )
    expect(named).to.deep.equal([
      { lineId: 'a', entryId: 'e2', way: 'reference' },
      { lineId: 'b', entryId: 'e1', way: 'amount' },
    ])
    expect(findMatches([line('a', '2026-11-08')], [entry(1, '2026-11-01')], [], WINDOW)).to.deep.equal([])
  })
})
