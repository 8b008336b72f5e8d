import type { UnitKind } from '../../src/directory/index.ts'
import type { DemoCounty, DemoTownship } from './places.ts'

/** A unit of a demo county, without what all of them share. */
export interface DemoUnit {
  readonly id: string
  readonly kind: UnitKind
  readonly name: string
  readonly shortName: string
  readonly divisionCode?: string
  readonly parent?: string
  readonly phone?: string
}

/** Departments of the conference: the word in the unit's id, the office, and the word in account names. 民政 is the county itself. */
export const DEPARTMENTS: readonly (readonly [word: string, office: string, short: string])[] = [
  ['finance', '财政局', '财政'],
  ['housing', '住房和城乡建设局', '住建'],
  ['medical_insurance', '医疗保障局', '医保'],
  ['education', '教育局', '教育'],
  ['human_resources', '人力资源和社会保障局', '人社'],
  ['disabled_federation', '残疾人联合会', '残联'],
  ['emergency_management', '应急管理局', '应急管理'],
  ['health', '卫生健康委员会', '卫健'],
]

/** Bodies outside the offices: the word in the unit's id and the name. */
const BODIES: readonly (readonly [word: string, name: string])[] = [
  ['rescue_station', '救助管理站'],
  ['child_protection', '未成年人救助保护中心'],
  ['charity', '慈善总会'],
  ['provider', '社会工作服务中心'],
  ['provincial', '省级督导组'],
]

/** Last three digits of the one village of a township: 2xx are villages, 0xx communities. Source: statistical division codes. */
const VILLAGE = '201'
const COMMUNITY = '001'

/** All units of a demo county, those above first. */
export function demoUnits(county: DemoCounty): readonly DemoUnit[] {
  const { code, name } = county
  return [
    { id: code, kind: 'county', name: `${name}民政局`, shortName: `${name}民政局`, divisionCode: code },
    ...county.townships.flatMap((township) => [townshipUnit(county, township), villageUnit(county, township)]),
    ...DEPARTMENTS.map(([word, office, short]) => under(code, word, 'department', `${name}${office}`, short)),
    ...BODIES.map(([word, body]) => under(code, word, 'body', `${name}${body}`, body)),
    under(code, 'hotline', 'hotline', `${name}社会救助服务热线`, '救助热线'),
  ]
}

/** The village whose clerk is V-X: 常乐村 in 常乐镇, 九曲社区 in 九曲街道. */
export function villageId({ code }: DemoCounty, township: DemoTownship): string {
  return `${code}${township.code}${isStreet(township) ? COMMUNITY : VILLAGE}`
}

function townshipUnit({ code }: DemoCounty, township: DemoTownship): DemoUnit {
  const id = `${code}${township.code}`
  const office = isStreet(township) ? '办事处' : '人民政府'
  const name = { name: `${township.name}${office}`, shortName: township.name }
  return { id, kind: 'township', ...name, divisionCode: id, parent: code, phone: demoPhone(id) }
}

function villageUnit(county: DemoCounty, township: DemoTownship): DemoUnit {
  const id = villageId(county, township)
  const shortName = `${township.short}${isStreet(township) ? '社区' : '村'}`
  const committee = isStreet(township) ? '居民委员会' : '村民委员会'
  const names = { name: `${shortName}${committee}`, shortName }
  return { id, kind: 'village', ...names, divisionCode: id, parent: `${county.code}${township.code}` }
}

function under(county: string, word: string, kind: UnitKind, name: string, shortName: string): DemoUnit {
  return { id: `${county}-${word}`, kind, name, shortName, parent: county }
}

/** A number in a range that no mobile has: 12 and nine digits. */
export function demoPhone(nineDigits: string): string {
  return `+8612${nineDigits}`
}

function isStreet({ name }: DemoTownship): boolean {
  return name.endsWith('街道')
}
