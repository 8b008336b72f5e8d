import type { FieldVault, SealedCollection } from '../platform/privacy/index.ts'
import { phoneTokens } from '../platform/privacy/index.ts'
import { parsePhone } from '../shared/phone.ts'

/** What is sealed in an intake. */
export const SEALED_INTAKES: SealedCollection = {
  collection: 'intakes',
  fields: [{ path: 'placeText' }, { path: 'text' }, { path: 'phone' }, { path: 'reporter' }],
  tokens: [{ path: 'phoneTokens', of: 'phone', make: tokensOfPhone }],
  retention: { withCase: 'caseNo', since: 'receivedAt' },
}

/** Tokens by which the requests from a phone are found; none when the text is no phone number. */
export function tokensOfPhone(vault: FieldVault, county: string, text: string | undefined): readonly string[] {
  const phone = text === undefined ? undefined : parsePhone(text)
  return phone ? phoneTokens(vault, county, phone) : []
}
