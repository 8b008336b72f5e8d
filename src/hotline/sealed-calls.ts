import type { SealedCollection } from '../platform/privacy/index.ts'

/** What is sealed in a call: who called. */
export const SEALED_CALLS: SealedCollection = {
  collection: 'calls',
  fields: [{ path: 'from' }],
  retention: { since: 'startedAt' },
}

/** What is sealed in a callback. */
export const SEALED_CALLBACKS: SealedCollection = {
  collection: 'callbacks',
  fields: [{ path: 'phone' }, { path: 'text' }],
  retention: { since: 'createdAt', where: { state: 'DONE' } },
}
