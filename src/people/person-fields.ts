import type { FieldPlace, FieldVault, SealedText } from '../platform/privacy/index.ts'
import { identityTokens, nameTokens, phoneTokens } from '../platform/privacy/index.ts'
import { parseIdentityNumber } from '../shared/identity-number.ts'
import { parsePhone } from '../shared/phone.ts'
import type { PersonDetails, PersonRecord, SealedField } from './person.ts'
import { SEALED_FIELDS } from './person.ts'

/** What follows from a person's details and is stored beside the ids. */
export type SealedPart = Pick<PersonRecord, 'sealed' | 'tokens' | 'identityToken'>

/**
 * Seals a person's details and makes the tokens by which they are found.
 *
 * @param personId - every value is bound to it and does not open anywhere else
 */
export function sealDetails(vault: FieldVault, county: string, personId: string, details: PersonDetails): SealedPart {
  const sealed = Object.fromEntries(
    SEALED_FIELDS.flatMap((field) => {
      const text = textOf(details, field)
      return text === undefined ? [] : [[field, vault.seal(text, placeOf(personId, field))]]
    }),
  )
  const identity = parseIdentityNumber(details.identityNumber ?? '')
  const [identityToken] = identity ? identityTokens(vault, county, identity) : []
  return { sealed, tokens: tokensOf(vault, county, details), ...(identityToken === undefined ? {} : { identityToken }) }
}

/** Opens the named fields of a person, all when none are named. */
export function openDetails(
  vault: FieldVault,
  { _id, sealed }: Pick<PersonRecord, '_id' | 'sealed'>,
  fields: readonly SealedField[] = SEALED_FIELDS,
): PersonDetails {
  const entries = fields.flatMap((field) => {
    const value = sealed[field]
    return value === undefined ? [] : [[field, valueOf(field, openField(vault, _id, field, value))]]
  })
  return Object.fromEntries(entries) as PersonDetails
}

/** Tokens for names and phones. The identity number's token stands by itself because it is unique. */
function tokensOf(vault: FieldVault, county: string, { name, phones = [] }: PersonDetails): readonly string[] {
  const ofPhones = phones.flatMap(({ number }) => {
    const phone = parsePhone(number)
    return phone ? phoneTokens(vault, county, phone) : []
  })
  return [...new Set([...(name === undefined ? [] : nameTokens(vault, county, name)), ...ofPhones])]
}

function openField(vault: FieldVault, personId: string, field: SealedField, value: SealedText): string {
  return vault.open(value, placeOf(personId, field))
}

function placeOf(personId: string, field: SealedField): FieldPlace {
  return { collection: 'people', field, record: personId }
}

/** Phones and the account have parts and are sealed as JSON; an empty field is none. */
function textOf(details: PersonDetails, field: SealedField): string | undefined {
  const value = details[field]
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function valueOf(field: SealedField, text: string): unknown {
  return field === 'phones' || field === 'bankAccount' ? JSON.parse(text) : text
}
