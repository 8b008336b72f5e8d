import { expect } from 'chai'
import fc from 'fast-check'
import { dueFrom } from '../../src/shared/due.ts'

const MINUTE = 60_000
const seen = (leftMs: number) => {
  const { side, span, tone } = dueFrom(leftMs, 0)
  return `${side} ${span} ${tone}`
}

describe('Shared - due', () => {
  const cases: readonly (readonly [number, string])[] = [
    [72 * 60, 'in days calm'],
    [2 * 1440, 'in days calm'],
    [2 * 1440 - 1, 'in hours calm'],
    [600, 'in hours calm'],
    [599, 'in hours_minutes calm'],
    [180, 'in hours calm'],
    [61, 'in hours_minutes calm'],
    [59, 'in minutes calm'],
    [30, 'in minutes calm'],
    [29, 'in minutes soon'],
    [0.5, 'in moment soon'],
    [0, 'over moment over'],
    [-1, 'over minutes over'],
    [-90, 'over hours_minutes over'],
    [-5000, 'over days over'],
  ]
  for (const [minutes, words] of cases) {
    it(`calls ${String(minutes)} minutes "${words}"`, () => {
      expect(seen(minutes * MINUTE)).to.equal(words)
    })
  }

  it('never promises more time than there is, and never less than a minute short of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * 1440 * MINUTE }), (leftMs) => {
        const { hours, minutes } = dueFrom(leftMs, 0)
        const shownMs = (hours * 60 + minutes) * MINUTE
        return shownMs <= leftMs && leftMs - shownMs < MINUTE
      }),
    )
  })

  it('lets a page say when soon begins', () => {
    expect(dueFrom(50 * MINUTE, 0, 60).tone).to.equal('soon')
  })
})
