import type { SealedCollection } from '../platform/privacy/index.ts'

/** What is sealed in a decision. Lines of a decision count from one. */
export const SEALED_DECISIONS: SealedCollection = {
  collection: 'decisions',
  fields: [
    { path: 'reason' },
    { path: 'orders.*.payee', field: (position) => `payee.${position + 1}`, erased: '{"name":"","relation":"other"}' },
    { path: 'supplement.text' },
  ],
  retention: { withCase: 'caseNo' },
}
