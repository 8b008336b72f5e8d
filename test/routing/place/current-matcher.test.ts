import { expect } from 'chai'
import { createCurrentMatcher } from '../../../src/routing/place/index.ts'
import type { PlaceDivision } from '../../../src/routing/place/index.ts'

const LIST: PlaceDivision[] = [
  { code: '32', name: '江苏省' },
  { code: '3206', name: '南通市' },
  { code: '320614', name: '海门区' },
  { code: '320614103', name: '常乐镇' },
]

describe('Routing - current matcher', () => {
  it('loads the list once for all who ask at the same time', async () => {
    let loads = 0
    const matcher = createCurrentMatcher({
      version: () => Promise.resolve(1),
      all: () => {
        loads += 1
        return Promise.resolve(LIST)
      },
    })
    const answers = await Promise.all([matcher(), matcher(), matcher()])
    expect(loads).to.equal(1)
    expect(answers[0].match('海门区常乐镇').code).to.equal('320614103')
  })

  it('fails while there has never been a list, and works as soon as there is one', async () => {
    let isAway = true
    const matcher = createCurrentMatcher({
      version: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(1)),
      all: () => Promise.resolve(LIST),
    })
    const refusal = await matcher().catch((error: unknown) => error)
    expect(refusal).to.be.an('error')
    isAway = false
    expect((await matcher()).match('海门区常乐镇').code).to.equal('320614103')
  })
})
