import type { SealedCollection } from '../platform/privacy/index.ts'

/** What is sealed in the record of a look at somebody's data: why it was taken. */
export const SEALED_LOOKS: SealedCollection = {
  collection: 'looks',
  fields: [{ path: 'words' }],
  retention: { since: 'at' },
}
