import { expect } from 'chai'
import fc from 'fast-check'
import { isSpokenNo, newSpokenNo } from '../../src/shared/ids.ts'

describe('Shared - ids', () => {
  const at = new Date('2026-11-28T23:40:10+08:00')

  it('makes numbers of twelve digits that carry the day and a right check digit', () => {
    const no = newSpokenNo(at)
    expect(no).to.match(/^02523\d{7}$/)
    expect(isSpokenNo(no)).to.equal(true)
  })

  it('notices every single digit that was misheard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = Array.from(newSpokenNo(at))
        digits[place] = String((Number(digits[place]) + by) % 10)
        return !isSpokenNo(digits.join(''))
      }),
    )
  })

  it('takes nothing else for such a number', () => {
    for (const text of ['', '12345', '0252300000000', 'abcdefghijkl']) expect(isSpokenNo(text)).to.equal(false)
  })
})
