import type { UnitKind } from '../../src/directory/index.ts'
import { STANDARD_BODIES, STANDARD_DEPARTMENTS } from '../../src/directory/index.ts'
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

/** Last three digits of the one village of a township: 200 to 399 are villages. Source: statistical division codes. */
const VILLAGE = '201'

/** All units of a demo county, those above first. */
export function demoUnits(county: DemoCounty): readonly DemoUnit[] {
  const { code, name } = county
  return [
    { id: code, kind: 'county', name: `${name}民政局`, shortName: `${name}民政局`, divisionCode: code },
    ...county.townships.flatMap((township) => [townshipUnit(county, township), villageUnit(county, township)]),
    ...STANDARD_DEPARTMENTS.map(([word, office, short]) => under(code, word, 'department', `${name}${office}`, short)),
    ...STANDARD_BODIES.map(([word, body]) => under(code, word, 'body', `${name}${body}`, body)),
    under(code, 'hotline', 'hotline', `${name}社会救助服务热线`, '救助热线'),
  ]
}

/** The village whose clerk is V-X: 晨光村 in 常乐镇. */
export function villageId({ code }: DemoCounty, township: DemoTownship): string {
  return `${code}${township.code}${VILLAGE}`
}

function townshipUnit({ code }: DemoCounty, township: DemoTownship): DemoUnit {
  const id = `${code}${township.code}`
  const office = isStreet(township) ? '办事处' : '人民政府'
  const name = { name: `${township.name}${office}`, shortName: township.name }
  return { id, kind: 'township', ...name, divisionCode: id, parent: code, phone: demoPhone(id) }
}

function villageUnit(county: DemoCounty, township: DemoTownship): DemoUnit {
  const id = villageId(county, township)
  const names = { name: `${township.village}村民委员会`, shortName: township.village }
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
