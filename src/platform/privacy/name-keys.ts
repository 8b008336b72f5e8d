import { pinyin, polyphonic } from 'pinyin-pro'
import { SIMPLIFIED, TRADITIONAL } from '../../shared/traditional-table.ts'

/** The forms under which a name is found, from the surest to the loosest. */
export interface NameKeys {
  /** As written and in simplified characters, without spaces and signs; each part of a name with a dot. */
  readonly whole: readonly string[]
  /** How it sounds, with readings that are commonly confused made equal; one per reading of the name. */
  readonly sound: readonly string[]
  /** The first letter of every syllable, confused letters made equal. */
  readonly initials: readonly string[]
}

/** Most readings of one name that are kept. A name of several ambiguous characters has more than anybody says. */
const MAX_READINGS = 4
/** Longest name looked at. Characters. */
const MAX_NAME = 64

/** Simplified characters by traditional ones, and forms no table holds, with the form people type instead. */
const SIMPLIFIED_FORMS: ReadonlyMap<string, string> = new Map([
  ...Array.from(TRADITIONAL, (sign, place): [string, string] => [sign, SIMPLIFIED.charAt(place)]),
  ['乾', '乾'],
  ['锺', '钟'],
  ['𠮷', '吉'],
  ['髙', '高'],
  ['﨑', '崎'],
  ['冨', '富'],
])

/**
 * The forms under which a name is stored and looked for; the same for both sides.
 *
 * Sound-alikes made equal: zh/z, ch/c, sh/s, n/l, f/h, in/ing, en/eng, an/ang, ü/u. Surnames are read as surnames (曾 is zēng).
 * A query may also be typed in letters: `zhangwei` sounds, `zw` is read as initials.
 *
 * @param name - as typed, in any script
 */
export function nameKeys(name: string): NameKeys {
  const written = plainName(name)
  const simplified = simplifiedName(written)
  const syllables = readingsOf(simplified)
  return {
    whole: unique([joined(written), joined(simplified), ...partsOf(simplified)]),
    sound: unique(syllables.map((reading) => foldSound(reading.join('')))),
    initials: unique(initialsOf(simplified, syllables)),
  }
}

/** A name in simplified characters, rare forms replaced by those people type. */
export function simplifiedName(name: string): string {
  return Array.from(name, (sign) => SIMPLIFIED_FORMS.get(sign) ?? sign).join('')
}

/** Makes equal what ears and keyboards confuse. Works on whole words: no syllable boundary is needed. */
export function foldSound(letters: string): string {
  return letters
    .replace(/[zcs]h/g, (pair) => pair.charAt(0))
    .replaceAll('ng', 'n')
    .replaceAll('l', 'n')
    .replaceAll('f', 'h')
    .replace(/[vü]/g, 'u')
}

/** Half-width, lower-case, accents off Latin letters; dots and spaces kept as one separator. */
function plainName(name: string): string {
  const plain = name
    .slice(0, MAX_NAME)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
  const bare = plain
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
  return bare.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

function joined(name: string): string {
  return name.replaceAll(' ', '')
}

/** 买买提·吐尔逊 is often given by one half. A single character says too little. */
function partsOf(name: string): string[] {
  return name.split(' ').filter((part) => part.length > 1)
}

/** The readings of a name, the likeliest first: one list of syllables each; Latin words stay words. */
function readingsOf(name: string): string[][] {
  const runs = name.match(/\p{Script=Han}+|[^\p{Script=Han} ]+/gu) ?? []
  const perRun = runs.map((run) => (/\p{Script=Han}/u.test(run) ? hanReadings(run) : [[run]]))
  return combinations(perRun).map((parts) => parts.flat())
}

function hanReadings(run: string): string[][] {
  const likely = pinyin(run, { surname: 'head', toneType: 'none', type: 'array', v: true })
  const each = polyphonic(run, { toneType: 'none', type: 'array', v: true })
  const choices = likely.map((first, place) => unique([first, ...(each[place] ?? [])]))
  return combinations(choices)
}

/** Every way to take one of each, the first choices first, at most `MAX_READINGS`. */
function combinations<Choice>(choices: readonly (readonly Choice[])[]): Choice[][] {
  return choices.reduce<Choice[][]>(
    (taken, next) => next.flatMap((choice) => taken.map((before) => [...before, choice])).slice(0, MAX_READINGS),
    [[]],
  )
}

/** Letters without a vowel between them are initials themselves. */
function initialsOf(name: string, readings: readonly (readonly string[])[]): string[] {
  if (/^[b-df-hj-np-tv-z]{2,5}$/.test(name)) return [foldSound(name)]
  return readings.map((reading) => foldInitials(reading.map((syllable) => syllable.charAt(0)).join('')))
}

function foldInitials(letters: string): string {
  return letters.replaceAll('l', 'n').replaceAll('f', 'h')
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))]
}
