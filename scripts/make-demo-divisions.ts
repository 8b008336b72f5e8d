import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isPseudoUnit } from '../src/shared/division-code.ts'
import { readDivisionFolder } from './run/division-folder.ts'

/**
 * Writes `scripts/demo/divisions.csv`, the small list a fresh clone brings along:
 * `npx tsx scripts/make-demo-divisions.ts --divisions DIR` with a folder of national lists.
 *
 * Both demo counties with every row, all counties and prefectures of their provinces, every township elsewhere that shares
 * a name with one of theirs, a few codes that ended, and fictional villages and responsible units.
 */
const COUNTIES = ['320614', '371312']

/** Who answers for the pseudo-units of 海门区. Fictional, except that nobody is left out by accident: 413 has none. */
const RESPONSIBLE: Readonly<Record<string, string>> = {
  '320614400': '320614103',
  '320614401': '320614102',
  '320614403': '320614107',
  '320614404': '320614104',
  '320614405': '320614104',
  '320614406': '320614107',
  '320614407': '320614105',
  '320614408': '320614105',
  '320614409': '320614103',
  '320614410': '320614103',
  '320614412': '320614103',
  '320614414': '320614104',
  '320614415': '320614107',
  '320614416': '320614104',
  '320614418': '320614103',
}

/** Codes that ended and what they went into. Days are those of the public announcements. */
const ENDED = [
  ['320602', '崇川区', '2020-07-17', '320613'],
  ['320611', '港闸区', '2020-07-17', '320613'],
  ['320621', '海安县', '2018-06-01', '320685'],
  ['320684', '海门市', '2020-07-17', '320614'],
] as const

/** Other names people use. */
const ALIASES: Readonly<Record<string, string>> = {
  '320614415': '东灶港',
  '320614416': '叠石桥|三星镇',
}

/** One village per township, so that stories have some. Fictional. */
const VILLAGES: Readonly<Record<string, string>> = {
  '320614102': '望潮村',
  '320614103': '晨光村',
  '320614104': '喜禾村',
  '320614105': '四丰村',
  '320614106': '古渡村',
  '320614107': '听涛村',
  '371312001': '柳岸村',
  '371312004': '书台村',
  '371312005': '麦香村',
  '371312006': '暖泉村',
  '371312007': '梧桐岭村',
  '371312009': '墩上村',
  '371312010': '梅坞村',
  '371312011': '迎曦村',
  '371312104': '汤河湾村',
  '371312107': '莲八村',
  '371312108': '旺禾村',
}

const { values } = parseArgs({ options: { divisions: { type: 'string' } } })
if (values.divisions === undefined) throw new Error('--divisions DIR')
const all = await readDivisionFolder(values.divisions)
const isOwn = (code: string) => COUNTIES.some((county) => code.startsWith(county))
const ownNames = new Set(all.filter(({ code }) => code.length === 9 && isOwn(code)).map(({ name }) => name))
const shared = all.filter(({ code, name }) => code.length === 9 && ownNames.has(name)).map(({ code }) => code)
const above = new Set(shared.flatMap((code) => [code, code.slice(0, 6), code.slice(0, 4), code.slice(0, 2)]))
const isInProvince = (code: string) =>
  code.length <= 6 && COUNTIES.some((county) => code.startsWith(county.slice(0, 2)))
const kept = all.filter(({ code }) => above.has(code) || isInProvince(code) || isOwn(code))

const line = (...cells: string[]) => cells.join(',').replace(/,+$/, '')
const rows = [
  ...kept.map(({ code, name }) => line(code, name, '', '', '', ALIASES[code] ?? '', RESPONSIBLE[code] ?? '')),
  ...ENDED.map(([code, name, validTo, successor]) => line(code, name, '', validTo, successor)),
  ...Object.entries(VILLAGES).map(([township, name]) => line(`${township}201`, name)),
].sort()
const unmapped = kept.filter(({ code }) => isOwn(code) && isPseudoUnit(code) && RESPONSIBLE[code] === undefined)

writeFileSync(
  new URL('./demo/divisions.csv', import.meta.url),
  [
    '# 演示用区划：村名、责任单位为虚构，区划代码为 2023-06-30 统计用代码 · Demo divisions: villages and responsible units are fictional;',
    '# codes are the statistical ones of 2023-06-30 (modood/Administrative-divisions-of-China, WTFPL). Made by scripts/make-demo-divisions.ts.',
    'code,name,validFrom,validTo,successor,aliases,responsibleUnit',
    ...rows,
    '',
  ].join('\n'),
)
process.stdout.write(`${rows.length} rows, ${unmapped.length} pseudo-units without a responsible unit\n`)
