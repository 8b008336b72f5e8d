/** Which of the two demo counties a county is made like. */
export type DemoProfile = 'HM-TEST' | 'HD-TEST'

/** A township of a demo county. */
export interface DemoTownship {
  /** Last three digits of its division code. */
  readonly code: string
  /** 常乐镇 */
  readonly name: string
  /** 常乐, as it stands in account names. */
  readonly short: string
  /** The one village of the demo, as in its division list: 晨光村. */
  readonly village: string
}

/** A demo county. */
export interface DemoCounty {
  /** 6 digits. */
  readonly code: string
  /** 海门区 */
  readonly name: string
  readonly townships: readonly DemoTownship[]
  /** Before every account name. */
  readonly prefix: string
}

/** Townships with staff of their own; zones and farms have a responsible unit instead. Source: rules, "Data standards". */
const PLACES: Readonly<Record<DemoProfile, { code: string; name: string; townships: string }>> = {
  'HM-TEST': {
    code: '320614',
    name: '海门区',
    townships: '102海永镇:望潮村 103常乐镇:晨光村 104悦来镇:喜禾村 105四甲镇:四丰村 106余东镇:古渡村 107正余镇:听涛村',
  },
  'HD-TEST': {
    code: '371312',
    name: '河东区',
    townships:
      '001九曲街道:柳岸村 004相公街道:书台村 005太平街道:麦香村 006汤头街道:暖泉村 007凤凰岭街道:梧桐岭村 009芝麻墩街道:墩上村 ' +
      '010梅家埠街道:梅坞村 011朝阳街道:迎曦村 104汤河镇:汤河湾村 107八湖镇:莲八村 108郑旺镇:旺禾村',
  },
}

/**
 * A county made like one of the two demo counties.
 *
 * Accounts are unique over all counties, so only 海门区 has them bare; 河东区 has `HD-` before them, any other code has itself.
 *
 * @param code - county code; another than the profile's own gives a copy under that code, for tests
 */
export function demoCounty(profile: DemoProfile, code: string): DemoCounty {
  const place = PLACES[profile]
  const own = profile === 'HM-TEST' ? '' : 'HD-'
  return {
    code,
    name: place.name,
    townships: place.townships.split(' ').map(townshipOf),
    prefix: code === place.code ? own : `${own}${code}-`,
  }
}

function townshipOf(text: string): DemoTownship {
  const [name = '', village = ''] = text.slice(3).split(':')
  return { code: text.slice(0, 3), name, short: name.replace(/(镇|街道)$/, ''), village }
}
