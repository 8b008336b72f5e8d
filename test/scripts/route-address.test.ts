import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { commandArgs } from '../support/command.ts'

const LISTS = {
  'provinces.csv': 'code,name\n32,"江苏省"\n45,"广西壮族自治区"\n',
  'cities.csv': 'code,name,provinceCode\n3206,"南通市",32\n4505,"北海市",45\n',
  'areas.csv': 'code,name,cityCode,provinceCode\n320614,"海门区",3206,32\n450521,"合浦县",4505,45\n',
  'streets.csv': [
    'code,name,areaCode,provinceCode,cityCode',
    '320614103,"常乐镇",320614,32,3206',
    '450521112,"常乐镇",450521,45,4505\n',
  ].join('\n'),
}

interface Answer {
  readonly input: string
  readonly code: string | null
  readonly name: string | null
  readonly path: string | null
  readonly confidence: number
  readonly reason: string
  readonly candidates: readonly { code: string; name: string; path: string }[]
}

describe('Scripts - route address', function () {
  this.timeout(60_000)
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'divisions-'))
    for (const [file, text] of Object.entries(LISTS)) writeFileSync(join(folder, file), text)
  })
  after(() => rmSync(folder, { recursive: true }))

  function run(args: readonly string[], input = '') {
    return spawnSync(process.execPath, [...commandArgs('route-address'), ...args], {
      input,
      encoding: 'utf8',
    })
  }

  it('answers every line of stdin with one line of JSON, without a database', () => {
    const { stdout, status } = run(['--divisions', folder, '--county', '320614'], '海门区常乐镇\r\n常乐镇\n\n不知道\n')
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer)
    expect(status).to.equal(0)
    expect(answers.map(({ input, code }) => [input, code])).to.deep.equal([
      ['海门区常乐镇', '320614103'],
      ['常乐镇', null],
      ['', null],
      ['不知道', null],
    ])
    expect(answers[0]).to.include({ name: '常乐镇', path: '江苏省/南通市/海门区/常乐镇' })
    expect(answers[0]?.reason).to.be.a('string')
    expect(answers[1]?.candidates).to.deep.equal([
      { code: '320614103', name: '常乐镇', path: '江苏省/南通市/海门区/常乐镇' },
      { code: '450521112', name: '常乐镇', path: '广西壮族自治区/北海市/合浦县/常乐镇' },
    ])
  })

  it('shows its help', () => {
    const { stdout, status } = run(['--help'])
    expect([status, stdout.startsWith('npm run route-address')]).to.deep.equal([0, true])
  })

  const refused: readonly (readonly [title: string, args: () => string[], line: string])[] = [
    ['a folder that is not there', () => ['--divisions', join(folder, 'nowhere')], 'provinces.csv'],
    ['a county that is no code', () => ['--divisions', folder, '--county', '海门'], '--county'],
    ['a county the list does not have', () => ['--divisions', folder, '--county', '110101'], '110101'],
    ['an option it does not know', () => ['--town', 'x'], '--town'],
  ]
  for (const [title, args, line] of refused) {
    it(`refuses ${title} with one line`, () => {
      const { stdout, stderr, status } = run(args())
      expect([status, stdout]).to.deep.equal([1, ''])
      expect(stderr.trimEnd().split('\n')).to.have.length(1)
      expect(stderr).to.include(line)
    })
  }
})
