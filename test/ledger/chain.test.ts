import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalJson } from '../../src/shared/canonical-json.ts'
import type { PlainJson } from '../../src/shared/canonical-json.ts'
import { fen } from '../../src/shared/fen.ts'
import { hashEntry, isSealed, sealEntry } from '../../src/ledger/chain.ts'
import type { Entry } from '../../src/ledger/entry.ts'
import { GENESIS } from '../../src/ledger/fund.ts'
import { CHANGLE, fixtureLedger } from './paper-ledger.ts'

/** An entry whose every byte is fixed, to compare with what other programs make of it. */
const GOLDEN: Omit<Entry, 'hash'> = {
  _id: 'township-320614103:1',
  v: 1,
  county: '320614',
  fundId: 'township-320614103',
  seq: 1,
  period: '2026-11',
  kind: 'fund.opened',
  legs: [],
  after: { bal: { bank: fen(0), cash: fen(0) }, held: { bank: fen(0) } },
  opening: { name: '常乐', terms: { floatFen: fen(5_000_000), lowWaterPercent: 30 } },
  source: { type: 'opening', id: 'o-1' },
  twins: [],
  effectiveOn: '2026-11-28',
  bookedAt: '2026-11-28T15:40:10.000Z',
  actor: 'C2',
  evidence: [],
  key: 'k-1',
  line: 0,
  bodyHash: 'b'.repeat(64),
  prev: GENESIS,
}

const GOLDEN_TEXT =
  '{"_id":"township-320614103:1","actor":"C2","after":{"bal":{"bank":0,"cash":0},"held":{"bank":0}},' +
  `"bodyHash":"${'b'.repeat(64)}","bookedAt":"2026-11-28T15:40:10.000Z","county":"320614",` +
  '"effectiveOn":"2026-11-28","evidence":[],"fundId":"township-320614103","key":"k-1","kind":"fund.opened","legs":[],' +
  '"line":0,"opening":{"name":"常乐","terms":{"floatFen":5000000,"lowWaterPercent":30}},"period":"2026-11",' +
  `"prev":"${GENESIS}","seq":1,"source":{"id":"o-1","type":"opening"},"twins":[],"v":1}`

describe('Ledger - chain', () => {
  it('writes the golden entry as RFC 8785 asks, byte for byte', () => {
    expect(canonicalJson(GOLDEN as unknown as PlainJson)).to.equal(GOLDEN_TEXT)
  })

  it('hashes the golden entry as anybody can with a shell', () => {
    const bytes = Buffer.concat([Buffer.from([0]), Buffer.from(`reservefund/v1\n${GENESIS}${GOLDEN_TEXT}`, 'utf8')])
    expect(hashEntry(GOLDEN)).to.equal(createHash('sha256').update(bytes).digest('hex'))
    expect(hashEntry(GOLDEN)).to.equal('16266cfacb3b919f5ec53c315610c6b0e57753d50220555dd82d9ad01c89052f')
  })

  it('sorts keys by UTF-16 code units, as the example of RFC 8785 does', () => {
    const example = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalJson(example)).to.equal('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}')
  })

  it('escapes text as the example of RFC 8785 does', () => {
    const text = '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f'
    expect(canonicalJson(text)).to.equal('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  })

  it('does not care in which order an entry was written down', () => {
    const entry = fixtureLedger().entries.at(-1)!
    const backwards = Object.fromEntries(Object.entries(entry).reverse()) as unknown as Entry
    expect(isSealed(backwards)).to.equal(true)
  })

  it('survives being written and read again', () => {
    for (const entry of fixtureLedger().entries)
      expect(isSealed(JSON.parse(JSON.stringify(entry)) as Entry)).to.equal(true)
  })

  it('gives different entries different bytes', () => {
    const value = fc.jsonValue({ noUnicodeString: false }).filter(isCanonical)
    fc.assert(
      fc.property(value, value, (a, b) => {
        const isSameText = canonicalJson(a as PlainJson) === canonicalJson(b as PlainJson)
        return isSameText === isDeepStrictEqual(carried(a), carried(b))
      }),
    )
  })

  it('refuses fractions and what JSON cannot carry', () => {
    for (const value of [0.5, NaN, 2 ** 53, undefined, new Date(0), 1n])
      expect(() => canonicalJson(value as PlainJson), String(value)).to.throw(TypeError)
  })

  it('links every entry to the one before it in its fund', () => {
    const ofFund = fixtureLedger().entries.filter((entry) => entry.fundId === CHANGLE)
    expect(ofFund.map((entry) => entry.seq)).to.deep.equal([1, 2, 3, 4, 5])
    ofFund.forEach((entry, index) => expect(entry.prev).to.equal(ofFund[index - 1]?.hash ?? GENESIS))
  })

  it('changes the hash when the entry before it was another', () => {
    expect(sealEntry({ ...GOLDEN, prev: '1'.repeat(64) }).hash).not.to.equal(sealEntry(GOLDEN).hash)
  })
})

function isCanonical(value: unknown): boolean {
  try {
    canonicalJson(value as PlainJson)
    return JSON.stringify(value) === JSON.stringify(JSON.parse(JSON.stringify(value).toWellFormed()))
  } catch {
    return false
  }
}

/** As JSON carries it: without the sign of zero. */
function carried(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
