import type { FieldVault } from '../platform/privacy/index.ts'
import { nameKeys, phoneForms, searchTokens } from '../platform/privacy/index.ts'
import { parseIdentityNumber } from '../shared/identity-number.ts'
import type { Filter } from '../shared/permissions.ts'
import type { Phone } from '../shared/phone.ts'
import { last4, localNumber, parsePhone } from '../shared/phone.ts'
import type { PersonRecord } from './person.ts'
import { openDetails } from './person-fields.ts'
import type { PersonStore, TokenQuery } from './person-store.ts'

/** Whom somebody looks for. More than one of the three ranks higher who fits several; it never leaves anybody out. */
export interface PersonQuery {
  readonly county: string
  /** In any spelling; four to six digits alone mean the end of a number. */
  readonly phone?: string | undefined
  readonly identityNumber?: string | undefined
  /** A name in any script, how it sounds, or its initials. */
  readonly name?: string | undefined
  /** Area code of the county, for landlines without one. */
  readonly areaCode?: string | undefined
  /** From the permission table: the persons this actor may find. */
  readonly visible?: Filter
}

/** Why a person came up, from the surest to the loosest. */
export type MatchedBy = 'identity' | 'phone' | 'name_whole' | 'name_sound' | 'phone_end' | 'name_initials'

export interface Match {
  readonly person: PersonRecord
  readonly by: readonly MatchedBy[]
}

interface FindPeopleServices {
  readonly people: PersonStore
  readonly vault: FieldVault
}

/** Most records opened for one part of a search. Source: platform, "fuzzy". */
export const MAX_OPENED = 200
/** With this many persons of the name or its sound, initials would only add noise. Persons. */
const ENOUGH = 20

/** What each reason counts for; a surer reason outweighs all looser ones together. */
const WEIGHT: Readonly<Record<MatchedBy, number>> = {
  identity: 32,
  phone: 16,
  name_whole: 8,
  name_sound: 4,
  phone_end: 2,
  name_initials: 1,
}

/**
 * Persons who may be meant, the likeliest first. Several are the rule rather than the exception: a person chooses, never the system.
 *
 * @param limit - most persons answered
 */
export async function findPeople(
  services: FindPeopleServices,
  query: PersonQuery,
  limit: number,
): Promise<readonly Match[]> {
  const found = ranked([
    ...(await byIdentity(services, query)),
    ...(await byPhone(services, query)),
    ...(await byName(services, query)),
  ]).slice(0, limit)
  return whole(services, query.county, found)
}

async function byIdentity({ people, vault }: FindPeopleServices, query: PersonQuery): Promise<Match[]> {
  const identity = parseIdentityNumber(query.identityNumber ?? '')
  if (!identity) return []
  const tokens = searchTokens(vault, query.county, 'identity', [identity.number])
  const person = await people.findByIdentity(query.county, tokens, query.visible ? { where: query.visible } : {})
  return person ? [{ person, by: ['identity'] }] : []
}

async function byPhone({ people, vault }: FindPeopleServices, query: PersonQuery): Promise<Match[]> {
  const { county, areaCode } = query
  const phone = parsePhone(query.phone ?? '', areaCode === undefined ? {} : { areaCode })
  if (!phone) return []
  const isEnd = phone.warning === 'wrong_length' && /^\d{4,6}$/.test(phone.number)
  const found = await people.findByTokens(county, {
    ...opened(query, 'phones'),
    tokens: isEnd
      ? searchTokens(vault, county, 'phone-last4', [last4(phone.number)])
      : searchTokens(vault, county, 'phone', phoneForms(phone)),
  })
  const fits = (number: string): boolean => (isEnd ? number.endsWith(phone.number) : isSameLine(number, phone))
  return found
    .filter((person) => (openDetails(vault, person, ['phones']).phones ?? []).some(({ number }) => fits(number)))
    .map((person) => ({ person, by: [isEnd ? 'phone_end' : 'phone'] }))
}

/** The same number, or the same line where one of the two was written without its area code. */
function isSameLine(stored: string, { number }: Phone): boolean {
  if (stored === number) return true
  const isLocal = !stored.startsWith('+') || !number.startsWith('+')
  return isLocal && localNumber(stored) !== undefined && localNumber(stored) === localNumber(number)
}

/** The name itself, then how it sounds, then its initials, until there are enough to choose from. */
async function byName({ people, vault }: FindPeopleServices, query: PersonQuery): Promise<Match[]> {
  const keys = nameKeys(query.name ?? '')
  const steps = [
    ['name_whole', 'name-whole', keys.whole],
    ['name_sound', 'name-sound', keys.sound],
    ['name_initials', 'name-initials', keys.initials],
  ] as const
  const found = new Map<string, Match>()
  for (const [by, kind, values] of steps) {
    const limit = MAX_OPENED - found.size
    if (limit <= 0 || (by === 'name_initials' && found.size >= ENOUGH)) break
    const tokens = searchTokens(vault, query.county, kind, values)
    const more = await people.findByTokens(query.county, { ...opened(query, 'name'), tokens, limit })
    for (const person of more) if (!found.has(person._id)) found.set(person._id, { person, by: [by] })
  }
  return nearestFirst(vault, [...found.values()], keys.whole)
}

function opened({ visible }: PersonQuery, field: 'name' | 'phones'): Omit<TokenQuery, 'tokens'> {
  return { limit: MAX_OPENED, fields: [field], ...(visible ? { where: visible } : {}) }
}

/** Within a step, names that share more characters with what was typed come first. */
function nearestFirst(vault: FieldVault, matches: readonly Match[], typed: readonly string[]): Match[] {
  const signs = new Set(typed.flatMap((form) => Array.from(form)))
  const likeness = ({ person }: Match): number => {
    const own = Array.from(openDetails(vault, person, ['name']).name ?? '')
    return own.filter((sign) => signs.has(sign)).length / Math.max(own.length, 1)
  }
  const rated = matches.map((match) => ({ match, likeness: likeness(match) }))
  return rated.sort((a, b) => b.likeness - a.likeness).map(({ match }) => match)
}

/** One entry per person; the sum of what speaks for them decides, and at equal sums the order found. */
function ranked(matches: readonly Match[]): Match[] {
  const merged = new Map<string, Match>()
  for (const { person, by } of matches) {
    const before = merged.get(person._id)
    merged.set(person._id, { person, by: [...(before?.by ?? []), ...by] })
  }
  const weightOf = ({ by }: Match): number => by.reduce((sum, reason) => sum + WEIGHT[reason], 0)
  return [...merged.values()].sort((a, b) => weightOf(b) - weightOf(a))
}

/** The complete records: while choosing, only the field compared was read. */
async function whole({ people }: FindPeopleServices, county: string, matches: readonly Match[]): Promise<Match[]> {
  const ids = matches.map(({ person }) => person._id)
  const records = new Map((await people.findMany(county, ids)).map((person) => [person._id, person]))
  return matches.flatMap(({ person, by }) => {
    const record = records.get(person._id)
    return record ? [{ person: record, by }] : []
  })
}
