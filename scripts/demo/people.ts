import { STANDARD_DEPARTMENTS } from '../../src/directory/index.ts'
import type { Role, RoleInUnit } from '../../src/shared/actor.ts'
import type { DemoCounty, DemoTownship } from './places.ts'
import { villageId } from './units.ts'

/** Somebody of a demo county. */
export interface DemoPerson {
  readonly account: string
  readonly name: string
  readonly unit: string
  readonly roles: readonly RoleInUnit[]
}

type Post = Omit<DemoPerson, 'name'>

/** The staff of a demo county, exactly as in the shared fixture. Names are made up; no person of that name is meant. */
export function demoPeople(county: DemoCounty): readonly DemoPerson[] {
  const posts = [...county.townships.flatMap((township) => townshipPosts(county, township)), ...countyPosts(county)]
  return posts.map((post, index) => ({ ...post, account: county.prefix + post.account, name: nameNo(index) }))
}

function townshipPosts(county: DemoCounty, township: DemoTownship): readonly Post[] {
  const unit = `${county.code}${township.code}`
  const { short } = township
  return [
    post(`D-${short}`, unit, 'duty_officer'),
    post(`B-${short}`, unit, 'deputy'),
    post(`H-${short}`, unit, 'township_head'),
    post(`W-${short}`, unit, 'window_clerk'),
    post(`K-${short}`, unit, 'cashier'),
    post(`V-${short}`, villageId(county, township), 'village_clerk'),
  ]
}

function countyPosts({ code }: DemoCounty): readonly Post[] {
  const departments: readonly (readonly [unit: string, short: string])[] = [
    [code, '民政'],
    ...STANDARD_DEPARTMENTS.map(([word, , short]) => [`${code}-${word}`, short] as const),
  ]
  return [
    ...['O1', 'O2', 'O3', 'O4', 'O5', 'O6'].map((account) => post(account, `${code}-hotline`, 'operator')),
    post('SV1', `${code}-hotline`, 'hotline_supervisor'),
    post('T1', code, 'triage'),
    post('C1', code, 'county_civil'),
    { ...post('C2', code, 'county_finance'), unit: `${code}-finance` },
    post('S1', code, 'secretary'),
    post('CH1', code, 'chair'),
    ...departments.flatMap(([unit, short]) => [
      post(`M-${short}`, unit, 'member'),
      post(`M-${short}-2`, unit, 'member'),
    ]),
    post('OB-慈善', `${code}-charity`, 'observer'),
    post('SP1', `${code}-provider`, 'provider'),
    post('RS1', `${code}-rescue_station`, 'rescue_station'),
    post('CP1', `${code}-child_protection`, 'child_protection'),
    post('A1', code, 'auditor'),
    post('ADM', code, 'administrator'),
    post('ADM2', code, 'administrator'),
    { ...post('PV1', code, 'provincial_checker'), unit: `${code}-provincial` },
  ]
}

function post(account: string, unit: string, role: Role): Post {
  return { account, unit, roles: [{ role, unit }] }
}

const SURNAMES = '顾沈陆施茅黄袁倪徐曹范秦樊龚尤姜严蔡汤瞿'
const GIVEN = '安平 春和 明远 若溪 立新 秋实 晓岚 文渊 海晏 静姝 知行 国栋 雨薇 思源 守义 佳禾 长青'.split(' ')

/** Different for the first 340; the two lists have no common divisor. */
function nameNo(index: number): string {
  return `${Array.from(SURNAMES)[index % 20] ?? ''}${GIVEN[index % 17] ?? ''}`
}
