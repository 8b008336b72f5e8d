import { expect } from 'chai'
import { timeWriter } from '../../../src/platform/views/time.ts'

const times = timeWriter('Asia/Shanghai')
const now = new Date('2026-11-28T15:40:10Z')

describe('Platform - views - time', () => {
  it('writes moments in Beijing time, the year only where it is another one', () => {
    expect(times.write('2026-11-28T16:10:10Z', 'zh-CN', 'moment', now)).to.equal('11月29日 00:10')
    expect(times.write('2026-11-28T16:10:10Z', 'en', 'moment', now)).to.equal('29 Nov, 00:10')
    expect(times.write('2027-01-05T01:00:00Z', 'zh-CN', 'day', now)).to.equal('2027年1月5日')
    expect(times.write('2026-11-28T16:10:10Z', 'zh-CN', 'full', now)).to.equal('2026年11月29日 00:10:10')
    expect(times.write('2026-11-28T16:10:10Z', 'zh-CN', 'clock', now)).to.equal('00:10')
  })

  it('calls a deadline at midnight 24:00 of the day before', () => {
    expect(times.writeDue('2026-12-05T00:00:00+08:00', 'zh-CN', now)).to.equal('12月4日 周五 24:00')
    expect(times.writeDue('2026-12-05T00:00:00+08:00', 'en', now)).to.equal('Fri 4 Dec, 24:00')
    expect(times.writeDue('2026-12-05T00:01:00+08:00', 'zh-CN', now)).to.equal('12月5日 周六 00:01')
  })

  it('gives machines the offset and fields the local time', () => {
    expect(times.machine(new Date('2026-11-28T16:10:10Z'))).to.equal('2026-11-29T00:10:10+08:00')
    expect(times.fieldValue(Date.parse('2026-11-28T16:10:10Z'))).to.equal('2026-11-29T00:10')
  })

  it('refuses what is no time', () => {
    expect(() => times.machine('soon')).to.throw('Not a time')
  })
})
