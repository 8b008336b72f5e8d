import { expect } from 'chai'
import type { PlaceDivision } from '../../../src/routing/place/index.ts'
import { createMatcher } from '../../../src/routing/place/index.ts'

const LIST: PlaceDivision[] = [
  { code: '32', name: '江苏省' },
  { code: '3206', name: '南通市' },
  { code: '320614', name: '海门区', validFrom: '2020-07-17' },
  { code: '320684', name: '海门市', validTo: '2020-07-17', successors: ['320614'] },
  { code: '320614103', name: '常乐镇' },
  { code: '320614104', name: '悦来镇' },
  { code: '320614120', name: '麒麟镇', validTo: '2027-01-01', successors: ['320614103'] },
  { code: '320614121', name: '万年镇', validTo: '2020-01-01', successors: ['320614103', '320614104'] },
  { code: '320614122', name: '三和镇', validTo: '2020-01-01' },
  { code: '320614123', name: '新城镇', validFrom: '2027-01-01' },
  { code: '320614124', name: '德胜镇', validTo: '2010-01-01', successors: ['320614120'] },
]

const BEFORE = { now: new Date('2026-12-31T23:59:59+08:00') }
const AFTER = { now: new Date('2027-01-01T00:00:00+08:00') }

describe('Routing - place matcher and time', () => {
  const { match } = createMatcher(LIST)
  const answer = (text: string, options: { now?: Date } = {}) => {
    const { code, reason } = match(text, options)
    return [code, reason.code, ...reason.notes]
  }

  it('reads a name as its own division until the day it ended, then as the successor', () => {
    expect(answer('海门区麒麟镇', BEFORE)).to.deep.equal(['320614120', 'county_and_township'])
    expect(answer('海门区麒麟镇', AFTER)).to.deep.equal(['320614103', 'county_and_township', 'old_name'])
  })

  it('does the same with a code, and says so', () => {
    expect(answer('320614120', BEFORE)).to.deep.equal(['320614120', 'code'])
    expect(answer('320614120', AFTER)).to.deep.equal(['320614103', 'code_ended'])
    expect(match('320614120', AFTER).reason.zh).to.include('已停用，现由海门区常乐镇承接')
  })

  it('takes every end as past and every beginning as come when it is not told the day', () => {
    expect(answer('海门区麒麟镇')).to.deep.equal(['320614103', 'county_and_township', 'old_name'])
    expect(answer('海门区新城镇')).to.deep.equal(['320614123', 'county_and_township'])
  })

  it('does not know a division before its day', () => {
    expect(match('海门区新城镇', BEFORE).code).to.equal(null)
    expect(answer('海门区新城镇', AFTER)).to.deep.equal(['320614123', 'county_and_township'])
  })

  it('follows a chain of successors as far as it goes on the day', () => {
    expect(answer('海门区德胜镇', BEFORE)).to.deep.equal(['320614120', 'county_and_township', 'old_name'])
    expect(answer('320614124', BEFORE)).to.deep.equal(['320614120', 'code_ended'])
    expect(answer('海门区德胜镇', AFTER)).to.deep.equal(['320614103', 'county_and_township', 'old_name'])
    expect(answer('320614124', AFTER)).to.deep.equal(['320614103', 'code_ended'])
  })

  it('asks which part of a split township is meant', () => {
    for (const text of ['海门区万年镇', '320614121']) {
      const found = match(text, AFTER)
      expect(found.code).to.equal(null)
      expect(found.candidates.map(({ code }) => code)).to.deep.equal(['320614103', '320614104'])
    }
    expect(match('320614121', AFTER).reason.code).to.equal('code_split')
  })

  it('offers what lies beside a township that ended without a successor', () => {
    for (const text of ['海门区三和镇', '320614122']) {
      const found = match(text, AFTER)
      expect([found.code, found.reason.code]).to.deep.equal([null, 'ended_without_successor'])
      expect(found.candidates.map(({ code }) => code)).to.include.members(['320614103', '320614104'])
      expect(found.candidates.map(({ code }) => code)).to.not.include('320614122')
    }
  })

  it('knows a county by the name and code it had', () => {
    expect(answer('海门市常乐镇', AFTER)).to.deep.equal(['320614103', 'county_and_township', 'old_name'])
    expect(answer('320684 常乐镇', AFTER)).to.deep.equal(['320614103', 'county_and_township', 'old_name'])
  })
})
