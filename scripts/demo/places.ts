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
    townships: '102海永镇 103常乐镇 104悦来镇 105四甲镇 106余东镇 107正余镇',
  },
  'HD-TEST': {
    code: '371312',
    name: '河东区',
    townships:
      '001九曲街道 004相公街道 005太平街道 006汤头街道 007凤凰岭街道 009芝麻墩街道 010梅家埠街道 011朝阳街道 104汤河镇 107八湖镇 108郑旺镇',
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
  const name = text.slice(3)
  return { code: text.slice(0, 3), name, short: name.replace(/(镇|街道)$/, '') }
}
