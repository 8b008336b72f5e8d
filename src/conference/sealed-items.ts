import type { SealedCollection } from '../platform/privacy/index.ts'

/** What is sealed in an item of the conference. */
export const SEALED_ITEMS: SealedCollection = {
  collection: 'conference_items',
  fields: [
    { path: 'reason' },
    { path: 'returnReason' },
    { path: 'opinions.*.text', field: (position) => `opinion.${position}` },
    { path: 'recusals.*.reason', field: (position) => `recusal.${position}` },
    { path: 'resolution.text' },
    { path: 'resolution.measures.*.text', field: (position) => `measure.${position}` },
  ],
  retention: { withCase: 'caseNo' },
}
