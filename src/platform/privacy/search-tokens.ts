import type { IdentityNumber } from '../../shared/identity-number.ts'
import type { Phone } from '../../shared/phone.ts'
import { last4, localNumber } from '../../shared/phone.ts'
import type { FieldVault } from './field-vault.ts'
import type { NameKeys } from './name-keys.ts'
import { nameKeys } from './name-keys.ts'

/** Kinds of search token. A token of one kind never matches one of another. */
export type TokenKind = 'identity' | 'phone' | 'phone-last4' | 'name-whole' | 'name-sound' | 'name-initials'

/** The kind of token and what it is made of. */
type Part = readonly [kind: TokenKind, value: string]

/** Tokens to store beside an encrypted identity number. */
export function identityTokens(vault: FieldVault, county: string, { number }: IdentityNumber): readonly string[] {
  return stored(vault, county, [['identity', number]])
}

/** Tokens to store beside an encrypted telephone number: whole, inside its area, and its last four digits. */
export function phoneTokens(vault: FieldVault, county: string, phone: Pick<Phone, 'number'>): readonly string[] {
  const forms = phoneForms(phone).map((form): Part => ['phone', form])
  return stored(vault, county, [...forms, ['phone-last4', last4(phone.number)]])
}

/** The spellings under which one line may be stored: in full, and as dialled inside its area. */
export function phoneForms({ number }: Pick<Phone, 'number'>): readonly string[] {
  const local = localNumber(number)
  return local === undefined || local === number ? [number] : [number, local]
}

/** Tokens to store beside an encrypted name. */
export function nameTokens(vault: FieldVault, county: string, name: string): readonly string[] {
  return stored(vault, county, nameParts(nameKeys(name)))
}

/** Tokens to look for, of one kind, for all listed keys. */
export function searchTokens(
  vault: FieldVault,
  county: string,
  kind: TokenKind,
  values: readonly string[],
): readonly string[] {
  return [...new Set(values.flatMap((value) => vault.searchTokens({ county, kind }, value)))]
}

function nameParts({ whole, sound, initials }: NameKeys): Part[] {
  const parts = (kind: TokenKind, values: readonly string[]): Part[] => values.map((value) => [kind, value])
  return [...parts('name-whole', whole), ...parts('name-sound', sound), ...parts('name-initials', initials)]
}

function stored(vault: FieldVault, county: string, parts: readonly Part[]): readonly string[] {
  return [...new Set(parts.map(([kind, value]) => vault.token({ county, kind }, value)))]
}
