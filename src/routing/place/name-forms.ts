import type { DivisionLevel } from '../../shared/division-code.ts'
import { fold } from './fold.ts'
import { COUNTY_KINDS, PEOPLES, PREFECTURE_KINDS, PROVINCE_KINDS, TOWNSHIP_KINDS, VILLAGE_KINDS } from './words.ts'

/**
 * How far a spelling may be trusted: `whole` names the division by itself, `stem` needs its kind or its county beside
 * it, `vague` (`林场`, `张镇`, `城区`) counts only when the division above it is named.
 */
export type FormKind = 'whole' | 'stem' | 'vague'

export interface NameForm {
  readonly text: string
  readonly kind: FormKind
}

/** A zone's name made only of such words is no name: every county has one. */
const PLAIN_ZONE =
  /^(?:经济|技术|高新|产业|工业|农业|旅游|综合|开发|科技|循环|园艺|示范|管理|委员会|街道|城|区|园|新|东|西|南|北|农|林|牧|渔|茶|良|原|种|畜|禽|羊|猪|马|奶|牛|苗|圃|水|库|监|狱|场|所|站|中心|科|局)+$/

const VAGUE_COUNTIES: ReadonlySet<string> = new Set(['城区', '郊区', '矿区', '东区', '西区'])

/** Counties that are none by law: development zones of a prefecture and the like. */
const COUNTY_ZONE = /(?:开发|示范|管理|工业园|产业园|科技园|化工园|食品|名胜|合作|实验|试验)区$|委员会$|管委会$/

const PEOPLE_AT_END = new RegExp(`(?:${PEOPLES.join('|')})+$`)

/** The spellings under which a division is found, folded. `above` are the names of the divisions above it, from the top. */
export function formsOf(level: DivisionLevel, name: string, isZone: boolean, above: readonly string[]): NameForm[] {
  switch (level) {
    case 'province':
      return withStem(fold(name), PROVINCE_KINDS)
    case 'prefecture':
      return withStem(fold(name), PREFECTURE_KINDS)
    case 'county':
      return countyForms(fold(name), above)
    case 'township':
      return isZone ? zoneForms(name, above) : townshipForms(fold(name))
    case 'village':
      return villageForms(fold(name))
  }
}

/** The kind at the end of a legal township's name, 0 when it has none. */
export function townshipKind(name: string): number {
  return TOWNSHIP_KINDS[kindAtEnd(fold(name), Object.keys(TOWNSHIP_KINDS))] ?? 0
}

function withStem(name: string, kinds: readonly string[]): NameForm[] {
  const stems = kinds.filter((kind) => name.endsWith(kind)).map((kind) => stemOf(name, [kind]))
  const forms = [...new Set(stems)].filter((stem) => stem.length >= 2 && stem !== name)
  return [{ text: name, kind: 'whole' }, ...forms.map((text) => ({ text, kind: 'stem' as const }))]
}

function countyForms(name: string, above: readonly string[]): NameForm[] {
  if (VAGUE_COUNTIES.has(name)) return [{ text: name, kind: 'vague' }]
  if (!COUNTY_ZONE.test(name)) return withStem(name, COUNTY_KINDS)
  return zoneForms(name, above)
}

function townshipForms(name: string): NameForm[] {
  const stem = stemOf(name, Object.keys(TOWNSHIP_KINDS))
  const forms: NameForm[] = [{ text: name, kind: name.length > 2 ? 'whole' : 'vague' }]
  if (stem.length < 2) return forms
  // 辛安镇镇: what is left is itself a township's name.
  if (/[镇乡]$/.test(stem) && stem.length > 2) forms.push({ text: stem, kind: 'whole' })
  return [...forms, { text: stem, kind: 'stem' }]
}

/** Zones are written with the names above them, with an owner, with brackets: each part is tried. */
function zoneForms(name: string, above: readonly string[]): NameForm[] {
  const parts = [name, ...name.split(/[（()）]/).slice(0, 2)].map(fold).filter((part) => part.length > 1)
  const forms = new Map<string, FormKind>()
  for (const part of parts) {
    const core = withoutOwners(part, above)
    for (const text of [part, core, core.replace(/(?:管理委员会|管委会|街道办事处|办事处)$/, '')]) {
      if (text.length >= 2) forms.set(text, text.length > 2 && !PLAIN_ZONE.test(text) ? 'whole' : 'vague')
    }
    const hint = hintOf(core)
    if (hint !== null && !forms.has(hint)) forms.set(hint, 'stem')
  }
  return [...forms].map(([text, kind]) => ({ text, kind }))
}

const ZONE_AT_END =
  /(?:经济技术开发区|经济开发区|高新技术产业开发区|工业园区|产业园区|工业园|产业园|开发区|度假区|管理区|工业区|园区|新区|新城|农场|林场|牧场|渔场|盐场|良种场|养殖场|苗圃|水库)$/

/** 三厂工业园区 → 三厂: only ever offered, since the zone is not the township of that name. */
function hintOf(zone: string): string | null {
  const stem = zone.replace(ZONE_AT_END, '')
  return stem !== zone && stem.length >= 2 && stem.length <= 4 && !/[省市县区]/.test(stem) && !PLAIN_ZONE.test(stem)
    ? stem
    : null
}

function villageForms(name: string): NameForm[] {
  const stem = stemOf(name, VILLAGE_KINDS)
  return [{ text: name, kind: 'whole' }, ...(stem.length >= 2 ? [{ text: stem, kind: 'stem' } as const] : [])]
}

/** `广西壮族自治区` → `广西`, `峨边彝族自治县` → `峨边`, `常乐镇` → `常乐`. */
function stemOf(name: string, kinds: readonly string[]): string {
  const bare = name.slice(0, name.length - kindAtEnd(name, kinds).length)
  const stem = bare.replace(PEOPLE_AT_END, '')
  return stem.length >= 2 ? stem : bare
}

function kindAtEnd(name: string, kinds: readonly string[]): string {
  let longest = ''
  for (const kind of kinds) if (kind.length > longest.length && name.endsWith(kind)) longest = kind
  return longest
}

/** `南通市海门市沿江渔场` → `沿江渔场`: drops the divisions above (under any kind) and words of ownership. */
function withoutOwners(name: string, above: readonly string[]): string {
  let rest = name
  for (const upper of above) {
    const stem = stemOf(fold(upper), [...PROVINCE_KINDS, ...PREFECTURE_KINDS, ...COUNTY_KINDS])
    if (stem.length >= 2 && rest.startsWith(stem)) rest = rest.slice(stem.length).replace(/^[省市县区州旗盟]/, '')
  }
  return rest.replace(/^(?:地方)?(?:国营|国有|省属)/, '')
}
