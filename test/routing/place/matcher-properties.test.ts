import { expect } from 'chai'
import fc from 'fast-check'
import type { PlaceDivision } from '../../../src/routing/place/index.ts'
import { createMatcher } from '../../../src/routing/place/index.ts'
import { demoDivisions, nationalDivisions } from './demo-list.ts'

const PLACEHOLDERS = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'])

/** Words people say around a place. None of them is a place or tells that it is another. */
const NOISE = [
  '喂你好，',
  '我在',
  '快来人，',
  '这里是',
  '，手机快没电了',
  '的公交站',
  '附近',
  '旁边有个小卖部',
  '，请帮帮我',
  '12号',
]

describe('Routing - place matcher, always', () => {
  const divisions = demoDivisions()
  const { match } = createMatcher(divisions)
  const names = new Map(divisions.map(({ code, name }) => [code, name]))
  const townships = divisions.filter(({ code, validTo }) => code.length === 9 && !validTo)
  const partsOf = (code: string) =>
    [2, 4, 6, 9].map((length) => names.get(code.slice(0, length)) ?? '').filter((name) => !PLACEHOLDERS.has(name))

  const township = fc.constantFrom(...townships)
  const county = fc.constantFrom('320614', '371312', undefined)

  it('finds a township whatever the order of its parts', () => {
    fc.assert(
      fc.property(
        township.chain(({ code }) => {
          const parts = partsOf(code)
          return fc.tuple(fc.constant(code), fc.shuffledSubarray(parts, { minLength: parts.length }))
        }),
        county,
        ([code, parts], own) => {
          expect(match(parts.join('，'), { county: own }).code).to.equal(code)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('gives the same answer with any noise around', () => {
    const noise = fc.constantFrom('', ...NOISE)
    fc.assert(
      fc.property(township, noise, noise, county, ({ code }, before, after, own) => {
        const [, ...lower] = partsOf(code)
        const plain = match(lower.join(''), { county: own })
        const noisy = match(before + lower.join('') + after, { county: own })
        expect([noisy.code, noisy.reason.code]).to.deep.equal([plain.code, plain.reason.code])
      }),
      { numRuns: 400 },
    )
  })

  it('never decides a bare name for one county when another has it too', () => {
    const counts = new Map<string, number>()
    for (const { name } of townships) counts.set(name, (counts.get(name) ?? 0) + 1)
    const repeated = townships.filter(({ name }) => (counts.get(name) ?? 0) > 1)
    expect(repeated).to.not.be.empty
    for (const { name, code } of repeated) {
      const found = match(name, { county: code.slice(0, 6) })
      expect([found.code, found.candidates[0]?.code]).to.deep.equal([null, code])
      expect(found.candidates).to.have.length.of.at.least(counts.get(name) ?? 0)
    }
  })

  it('decides only what it could justify: a code, a reason in both languages, a confidence of 0.7 or more', () => {
    const word = fc.constantFrom(
      ...divisions.map(({ name }) => name),
      ...NOISE,
      '户籍',
      '和',
      '320614',
      '常乐',
      '长乐镇',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), county, (parts, own) => {
        const found = match(parts.join(''), { county: own })
        expect(found.code === null).to.equal(found.confidence < 0.7)
        expect(found.code === null || names.has(found.code)).to.equal(true)
        expect(found.reason.zh).to.not.equal('')
        expect(found.reason.en).to.not.equal('')
        expect(found.candidates).to.have.length.of.at.most(40)
      }),
      { numRuns: 1_000 },
    )
  })

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(match(text, HAIMEN).input).to.equal(text)
      }),
    )
  })
})

const HAIMEN = { county: '320614' }

describe('Routing - place matcher on the national list', () => {
  let divisions: PlaceDivision[]

  before(function () {
    const found = nationalDivisions()
    if (!found) this.skip()
    divisions = found
  })

  it('finds every township by its full path, and by county and name wherever that is unique', function () {
    this.timeout(60_000)
    const { match } = createMatcher(divisions)
    const names = new Map(divisions.map(({ code, name }) => [code, PLACEHOLDERS.has(name) ? '' : name]))
    const wrong: string[] = []
    const unsure: string[] = []
    for (const { code } of divisions) {
      if (code.length !== 9) continue
      const [province, prefecture, county, township] = [2, 4, 6, 9].map((n) => names.get(code.slice(0, n)) ?? '')
      const full = `${province ?? ''}${prefecture ?? ''}${county ?? ''}${township ?? ''}`
      for (const text of [`${full}人民路12号`, `${county ?? ''}${township ?? ''}`]) {
        const found = match(text)
        if (found.code !== null && found.code !== code) wrong.push(`${text} ${found.code}`)
        if (found.code === null && text.startsWith(full)) unsure.push(text)
      }
    }
    expect(wrong).to.deep.equal([])
    expect(unsure).to.deep.equal([])
  })
})
