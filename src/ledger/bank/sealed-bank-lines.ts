import type { SealedCollection } from '../../platform/privacy/index.ts'

/** What is sealed in a line of a statement: the bank's text names payees. */
export const SEALED_BANK_LINES: SealedCollection = {
  collection: 'bank_lines',
  fields: [{ path: 'text' }],
  retention: { since: 'importedAt' },
}
