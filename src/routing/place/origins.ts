import { BREAK, unfold } from './fold.ts'

/** A stretch of the text that tells a place where the emergency is not. */
export interface Aside {
  readonly start: number
  readonly end: number
}

const STOP = '(?=[,;]|现在|目前|如今|眼下|人在|现住|住在|就在|来到|跑到|到了|被困|受困|但|$)'

/** Household registration and home: never the emergency place. */
const ORIGIN = new RegExp(
  '(?:户籍|户口|老家(?![镇乡村庄])|原籍|祖籍|籍贯|本籍|(?<=^|[我他她的,])家乡|出生地|身份证|来自)' +
    `(?:本上(?:是|写)?|登记地?|所在地?|地址|地|上)*(?:是|为|在|:)?[^,;]*?(?:在(?=[^,;])|${STOP})`,
  'gu',
)

/** Where somebody came from or wants to go. */
const JOURNEY = new RegExp(
  '从[^,;]{1,15}?(?:过来|来的|来到|来(?![镇乡村街])|出发|出来|赶来|坐车|打车)|' +
    `(?:想回|(?<!高)要回|返回|回老家|想去|要去|打算去|准备去|前往|开往|去往|送往|送回|遣送)[^,;]*?${STOP}`,
  'gu',
)

/** Somebody of a place: 云南人, 楚雄州户口, 外地来的. */
export const OF_A_PLACE =
  /^(?:人(?=$|[,;:的在现来到因想要被没遭说有目刚就今昨已也都们])|籍|户籍|户口|来的|过来的|来打工|老乡)/

/** Characters that start one of the phrases; without any of them nothing is searched. */
const SIGNS = new Set(Array.from('户家籍份自从回去往送', (sign) => sign.charCodeAt(0)))

/** Finds the asides of a folded text. `keepJourneys`: on a way between two places, neither is an aside. */
export function findAsides(units: Uint16Array, length: number): Aside[] {
  if (!hasSign(units, length)) return []
  const text = unfold(units, 0, length)
  const isOnTheWay = /路上|途中|半路|之间/.test(text)
  const asides = matches(ORIGIN, text)
  return isOnTheWay ? asides : [...asides, ...matches(JOURNEY, text)]
}

function matches(pattern: RegExp, text: string): Aside[] {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
}

function hasSign(units: Uint16Array, length: number): boolean {
  for (let i = 0; i < length; i++) if (SIGNS.has(units[i] ?? BREAK)) return true
  return false
}
