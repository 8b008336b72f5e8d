import type { SealedCollection } from '../platform/privacy/index.ts'

/** What is sealed in a case. */
export const SEALED_CASES: SealedCollection = {
  collection: 'cases',
  fields: [
    { path: 'place.text' },
    { path: 'place.point', erased: 'null' },
    { path: 'story' },
    { path: 'contactPhone' },
    { path: 'feedback.text' },
    { path: 'transfer.note' },
    { path: 'transfers.*.note', field: () => 'transfer.note' },
    { path: 'transfers.*.answerNote', field: () => 'transfer.answerNote' },
    { path: 'emergency.corrections.*.reason', field: () => 'emergency.reason' },
  ],
  retention: { withCase: 'no' },
}
