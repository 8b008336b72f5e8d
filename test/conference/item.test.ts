import { expect } from 'chai'
import { ITEM_STATES, itemCanBecome } from '../../src/conference/item.ts'

describe('Conference - item', () => {
  const allowed = [
    'QUEUED>SCHEDULED',
    'QUEUED>RETURNED',
    'SCHEDULED>SCHEDULED',
    'SCHEDULED>IN_SESSION',
    'IN_SESSION>RESOLVED',
  ]

  for (const from of ITEM_STATES)
    for (const to of ITEM_STATES) {
      const isAllowed = allowed.includes(`${from}>${to}`)
      it(`${isAllowed ? 'may' : 'may not'} go from ${from} to ${to}`, () => {
        expect(itemCanBecome(from, to)).to.equal(isAllowed)
      })
    }
})
