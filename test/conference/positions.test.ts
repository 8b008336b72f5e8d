import { expect } from 'chai'
import fc from 'fast-check'
import type { Opinion, Recusal, Stance } from '../../src/conference/item.ts'
import { STANCES } from '../../src/conference/item.ts'
import { positionsOf } from '../../src/conference/positions.ts'

const sealed = {} as Opinion['text']
const at = new Date('2026-12-11T09:00:00+08:00')
const said = (unit: string, staffId: string, stance: Stance): Opinion => ({
  unit,
  staffId,
  at,
  stance,
  text: sealed,
  offerFen: 0,
})
const stoodBack = (unit: string, staffId: string): Recusal => ({ unit, staffId, at, reason: sealed })
const stances = (opinions: Opinion[], recusals: Recusal[] = [], calledUnits = ['a', 'b']) =>
  positionsOf({ calledUnits, opinions, recusals }).map(({ stance }) => stance)

describe('Conference - positions', () => {
  it('shows silence as no reply', () => {
    expect(stances([])).to.deep.equal(['NO_REPLY', 'NO_REPLY'])
  })

  it('counts the newest word of a department', () => {
    expect(stances([said('a', '1', 'FOR'), said('a', '2', 'AGAINST')])).to.deep.equal(['AGAINST', 'NO_REPLY'])
  })

  it('does not count what somebody said who stood back later', () => {
    expect(stances([said('a', '1', 'FOR')], [stoodBack('a', '1')])).to.deep.equal(['NO_REPLY', 'NO_REPLY'])
  })

  it('goes back to the word of the other member', () => {
    const opinions = [said('a', '2', 'ABSTAIN'), said('a', '1', 'FOR')]
    expect(stances(opinions, [stoodBack('a', '1')])).to.deep.equal(['ABSTAIN', 'NO_REPLY'])
  })

  it('never takes a stance from silence or from somebody who stood back, whatever happened', () => {
    const who = fc.record({ unit: fc.constantFrom('a', 'b'), staffId: fc.constantFrom('1', '2', '3') })
    const opinions = fc.array(fc.tuple(who, fc.constantFrom(...STANCES)))
    fc.assert(
      fc.property(opinions, fc.array(who), (spoken, back) => {
        const given = spoken.map(([{ unit, staffId }, stance]) => said(unit, staffId, stance))
        const recusals = back.map(({ unit, staffId }) => stoodBack(unit, staffId))
        for (const { unit, stance } of positionsOf({ calledUnits: ['a', 'b'], opinions: given, recusals })) {
          const counted = given.filter(
            (one) => one.unit === unit && !back.some(({ staffId }) => staffId === one.staffId),
          )
          expect(stance).to.equal(counted.at(-1)?.stance ?? 'NO_REPLY')
        }
      }),
    )
  })
})
