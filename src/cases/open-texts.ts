import type { FieldVault, SealedText } from '../platform/privacy/index.ts'
import type { CaseRecord } from './case.ts'

/** The sealed texts of a case in clear, for those who may read the case. */
export interface CaseTexts {
  readonly place: string
  readonly story: string
}

export function openTexts(vault: FieldVault, { _id, place, story }: CaseRecord): CaseTexts {
  const open = (field: string, sealed: SealedText): string =>
    vault.open(sealed, { collection: 'cases', field, record: _id })
  return { place: open('place.text', place.text), story: open('story', story) }
}
