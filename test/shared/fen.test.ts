import { expect } from 'chai'
import fc from 'fast-check'
import { addFen, fen, fenFromYuan, formatFen } from '../../src/shared/fen.ts'

describe('Shared - fen', () => {
  for (const [amount, shown] of [
    [0, '¥0.00'],
    [5, '¥0.05'],
    [123_450, '¥1,234.50'],
    [-100_000_000, '−¥1,000,000.00'],
  ] as const)
    it(`shows ${amount} fen as ${shown}`, () => expect(formatFen(fen(amount))).to.equal(shown))

  it('refuses what is not whole', () => {
    for (const amount of [0.5, Number.NaN, 2 ** 53]) expect(() => fen(amount)).to.throw(RangeError)
    expect(() => addFen(fen(Number.MAX_SAFE_INTEGER), fen(1))).to.throw(RangeError)
  })

  it('reads amounts as people type them, and nothing else', () => {
    expect(['200', '1,200.5', '￥3 000.05', ''].map(fenFromYuan)).to.deep.equal([20_000, 120_050, 300_005, 0])
    for (const text of ['abc', '1.234', '-5', '1e3']) expect(fenFromYuan(text)).to.be.NaN
  })

  it('comes back from yuan to the same fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 10 }), (amount) => fenFromYuan((amount / 100).toFixed(2)) === amount),
    )
  })
})
