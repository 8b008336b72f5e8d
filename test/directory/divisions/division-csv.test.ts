import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { decodeCsv, parseDivisionsCsv, problemText } from '../../../src/directory/divisions/index.ts'

const HEADER = 'code,name,validFrom,validTo,successor,aliases,responsibleUnit'

function parsed(...lines: string[]) {
  return parseDivisionsCsv([HEADER, ...lines].join('\n'), 'test')
}

describe('Directory - division csv', () => {
  it('reads a row with everything', () => {
    const { rows, problems } = parsed('320614415,海门港新区,2020-07-17,,,东灶港|东灶港镇,320614107')
    expect(problems).to.deep.equal([])
    expect(rows[0]).to.deep.equal({
      line: 2,
      division: {
        _id: '320614415',
        name: '海门港新区',
        level: 'township',
        kind: 'pseudo_unit',
        county: '320614',
        validFrom: '2020-07-17',
        validTo: null,
        successors: [],
        aliases: ['东灶港', '东灶港镇'],
        shortNames: [],
        responsibleUnit: '320614107',
        source: 'test',
      },
    })
  })

  it('reads every length of code, with and without filling zeros', () => {
    const { rows } = parsed(
      '320000,江苏省',
      '3206,南通市',
      '441900,东莞市',
      '320614103000,常乐镇',
      '320614103201,晨光村',
    )
    expect(rows.map(({ division }) => [division._id, division.kind])).to.deep.equal([
      ['32', 'province'],
      ['3206', 'prefecture'],
      ['441900', 'county'],
      ['320614103', 'township'],
      ['320614103201', 'village'],
    ])
  })

  it('tells streets from townships', () => {
    const { rows } = parsed('371312001,九曲街道', '371312104,汤河镇')
    expect(rows.map(({ division }) => division.kind)).to.deep.equal(['street', 'township'])
  })

  it('skips a byte order mark, comments, empty lines and short rows', () => {
    const { rows, problems } = parseDivisionsCsv(`\ufeff# 说明\n${HEADER}\n\n320614,海门区\n# 320615,无\n`, 'test')
    expect([rows.length, problems.length]).to.deep.equal([1, 0])
  })

  const refused: readonly (readonly [row: string, problem: string])[] = [
    ['32061,海门区', 'code'],
    ['海门区,320614', 'code'],
    ['320614103001234,常乐镇', 'code'],
    ['320614,', 'name_missing'],
    ['320614,海门\u0007区', 'name_odd'],
    [`320614,${'长'.repeat(61)}`, 'name_odd'],
    ['320614,海门区,2020-7-17', 'valid_from'],
    ['320614,海门区,2020-02-30', 'valid_from'],
    ['320614,海门区,,17.07.2020', 'valid_to'],
    ['320614,海门区,2020-07-17,2020-07-17', 'period'],
    ['320684,海门市,,,320614', 'successor_without_end'],
    ['320684,海门市,,2020-07-17,海门区', 'successor'],
    ['320614415,海门港新区,,,,,正余镇', 'responsible'],
  ]
  for (const [row, problem] of refused) {
    it(`refuses ${row.slice(0, 40)}: ${problem}`, () => {
      const { rows, problems } = parsed(row)
      expect(rows).to.deep.equal([])
      expect(problems.map(({ line, code }) => [line, code])).to.deep.equal([[2, problem]])
    })
  }

  it('refuses a code that stands there twice, in any spelling', () => {
    const { problems } = parsed('320614103,常乐镇', '320614103000,常乐镇')
    expect(problems).to.deep.equal([{ line: 3, code: 'code_twice', value: '320614103' }])
  })

  it('refuses missing and unknown columns, an empty file and what is no csv', () => {
    const codes = (text: string) => parseDivisionsCsv(text, 'test').problems.map(({ code }) => code)
    expect(codes('code,title\n320614,海门区')).to.deep.equal(['columns', 'unknown_column'])
    expect(codes(HEADER)).to.deep.equal(['empty_file'])
    expect(codes(`${HEADER}\n320614,"海门区`)).to.deep.equal(['not_csv'])
    expect(codes(`${HEADER}\n320614,海门区,,,,,,,,`)).to.deep.equal(['not_csv'])
  })

  it('says what is wrong in both languages, with the line', () => {
    const [problem] = parsed('32061,海门区').problems
    expect(problem && problemText(problem)).to.equal(
      '第 2 行：区划代码应为 2、4、6、9 或 12 位数字：32061 · line 2: a division code has 2, 4, 6, 9 or 12 digits: 32061',
    )
  })

  it('reads what Chinese spreadsheets write', () => {
    const gb18030 = Uint8Array.from([0xba, 0xa3, 0xc3, 0xc5, 0xc7, 0xf8])
    expect(decodeCsv(gb18030)).to.deep.equal({ text: '海门区', encoding: 'GB18030' })
    expect(decodeCsv(new TextEncoder().encode('海门区')).encoding).to.equal('UTF-8')
  })

  it('reads the list of the demo without a problem, below 300 KB', () => {
    const bytes = readFileSync('scripts/demo/divisions.csv')
    const { rows, problems } = parseDivisionsCsv(decodeCsv(bytes).text, 'demo')
    expect(problems).to.deep.equal([])
    expect(bytes.length).to.be.below(300_000)
    expect(rows.filter(({ division }) => division.level === 'village')).to.have.length(17)
  })
})
