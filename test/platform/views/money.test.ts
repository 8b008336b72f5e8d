import { expect } from 'chai'
import fc from 'fast-check'
import { capitalMoney } from '../../../src/platform/views/money.ts'

describe('Platform - views - money in capitals', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角'],
    [35_000, '叁佰伍拾元整'],
    [35_050, '叁佰伍拾元伍角'],
    [50_005, '伍佰元零伍分'],
    [1000, '壹拾元整'],
    [101_005, '壹仟零壹拾元零伍分'],
    [123_456_789, '壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分'],
    [-1230, '负壹拾贰元叁角'],
  ]
  for (const [amountFen, text] of cases) {
    it(`writes ${String(amountFen)} fen as ${text}`, () => {
      expect(capitalMoney(amountFen)).to.equal(text)
    })
  }

  it('never writes two amounts alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 0, max: 10 ** 12 }), (one, other) => {
        fc.pre(one !== other)
        return capitalMoney(one) !== capitalMoney(other)
      }),
    )
  })
})
