import { expect } from 'chai'
import type { Division } from '../../../src/directory/divisions/index.ts'
import { parseDivisionsCsv, planImport, planLines } from '../../../src/directory/divisions/index.ts'

const HEADER = 'code,name,validFrom,validTo,successor,aliases,responsibleUnit'

function parsed(...lines: string[]) {
  return parseDivisionsCsv([HEADER, ...lines].join('\n'), 'test')
}

function divisions(...lines: string[]): Division[] {
  return parsed(...lines).rows.map(({ division }) => division)
}

const NOW = divisions('32,江苏省', '3206,南通市', '320614,海门区', '320614103,常乐镇', '320614107,正余镇')

describe('Directory - plan import', () => {
  it('tells new, changed, ended and unchanged apart', () => {
    const plan = planImport(
      parsed('320614,海门区', '320614103,常乐新镇', '320614107,正余镇,,2027-01-01,320614103', '320614104,悦来镇'),
      NOW,
    )
    expect(plan.refused).to.deep.equal([])
    expect(plan.added.map(({ _id }) => _id)).to.deep.equal(['320614104'])
    expect(plan.changed.map(({ after, fields }) => [after._id, fields])).to.deep.equal([['320614103', ['name']]])
    expect(plan.ended.map(({ after, fields }) => [after._id, fields])).to.deep.equal([
      ['320614107', ['validTo', 'successors']],
    ])
    expect(plan.unchanged).to.equal(1)
  })

  it('changes nothing when the same file comes again from elsewhere', () => {
    const again = parseDivisionsCsv([HEADER, '320614,海门区', '320614103,常乐镇'].join('\n'), 'another file')
    const plan = planImport(again, NOW)
    expect([plan.added.length, plan.changed.length, plan.ended.length, plan.unchanged]).to.deep.equal([0, 0, 0, 2])
  })

  it('leaves alone what the file does not name', () => {
    const plan = planImport(parsed('320614104,悦来镇'), NOW)
    expect([plan.ended, plan.changed]).to.deep.equal([[], []])
  })

  const refused: readonly (readonly [title: string, rows: readonly string[], problem: string])[] = [
    ['a township without its county', ['320615101,无镇'], 'parent'],
    ['a village without its township', ['320614108201,无村'], 'parent'],
    ['a division that succeeds itself', ['320614,海门区,,2027-01-01,320614'], 'successor_itself'],
    ['a successor nobody knows', ['320684,海门市,,2020-07-17,320699'], 'successor_unknown'],
    ['a successor of another level', ['320684,海门市,,2020-07-17,320614103'], 'successor_level'],
    ['a responsible unit for a township by law', ['320614103,常乐镇,,,,,320614107'], 'responsible_not_pseudo'],
    ['a responsible unit in another county', ['320614415,海门港新区,,,,,320681100'], 'responsible'],
    ['a pseudo-unit that answers for another', ['320614415,海门港新区,,,,,320614400'], 'responsible'],
    ['a responsible unit nobody knows', ['320614415,海门港新区,,,,,320614199'], 'responsible_unknown'],
  ]
  for (const [title, rows, problem] of refused) {
    it(`refuses ${title}`, () => {
      const { refused: problems } = planImport(parsed(...rows), NOW)
      expect(problems.map(({ line, code }) => [line, code])).to.deep.equal([[2, problem]])
    })
  }

  it('refuses successors that form a circle, on each of its rows', () => {
    const rows = ['320691,甲区,,2020-01-01,320692', '320692,乙区,,2021-01-01,320691']
    const { refused: problems } = planImport(parsed(...rows), NOW)
    expect(problems.map(({ line, code }) => [line, code])).to.deep.equal([
      [2, 'successor_circle'],
      [3, 'successor_circle'],
    ])
  })

  it('takes a successor and a parent from the same file, in any order', () => {
    const plan = planImport(parsed('320684,海门市,,2020-07-17,320614', '320614103,常乐镇', '320614,海门区'), [])
    expect(plan.refused).to.deep.equal([])
    expect(plan.added).to.have.length(3)
  })

  it('points at pseudo-units nobody answers for and at codes that lead nowhere', () => {
    const plan = planImport(
      parsed('320614400,某开发区', '320614415,海门港新区,,,,,320614107', '320614108,老镇,,2020-01-01'),
      NOW,
    )
    expect(plan.unmapped.map(({ _id }) => _id)).to.deep.equal(['320614400'])
    expect(plan.leadingNowhere.map(({ _id }) => _id)).to.deep.equal(['320614108'])
  })

  it('can be read by the person who runs it', () => {
    const plan = planImport(parsed('320614103,常乐新镇', '320614104,悦来镇', '32061,错'), NOW)
    expect(planLines(plan)).to.deep.equal([
      '新增 new: 1',
      '  320614104 悦来镇',
      '变更 changed: 1',
      '  320614103 常乐新镇  name: 常乐镇 → 常乐新镇',
      '终止 ended: 0',
      '不变 unchanged: 0',
      '未登记责任单位 no responsible unit: 0',
      '终止且无承接 ended without successor: 0',
      '拒绝 refused: 1',
      '  第 4 行：区划代码应为 2、4、6、9 或 12 位数字：32061 · line 4: a division code has 2, 4, 6, 9 or 12 digits: 32061',
    ])
  })
})
