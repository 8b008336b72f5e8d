import type { FieldPlace, FieldVault, SealedText } from '../../platform/privacy/index.ts'

/** What one shift tells the next. The text may name people, so it is sealed. */
export interface HandOver {
  readonly _id: string
  readonly county: string
  readonly unit: string
  readonly line?: string
  readonly byStaffId: string
  readonly at: Date
  readonly note: SealedText
  /** Who has read it and since when; the next shift confirms. */
  readonly readBy: readonly { readonly staffId: string; readonly at: Date }[]
}

/** Longest note. Characters. */
export const MAX_NOTE = 2_000

export function sealNote(vault: FieldVault, id: string, text: string): SealedText {
  return vault.seal(text, placeOf(id))
}

export function openNote(vault: FieldVault, { _id, note }: Pick<HandOver, '_id' | 'note'>): string {
  return vault.open(note, placeOf(_id))
}

function placeOf(record: string): FieldPlace {
  return { collection: 'hand_overs', field: 'note', record }
}
