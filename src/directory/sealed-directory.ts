import type { SealedCollection } from '../platform/privacy/index.ts'

/** What is sealed in a member of staff: the own phone and the second factor, kept as long as the record. */
export const SEALED_STAFF: SealedCollection = {
  collection: 'staff',
  fields: [{ path: 'phone' }, { path: 'totp.secret' }, { path: 'totpPending.secret', field: () => 'totp.secret' }],
  retention: {},
}

/** What is sealed in what one shift tells the next. */
export const SEALED_HAND_OVERS: SealedCollection = {
  collection: 'hand_overs',
  fields: [{ path: 'note' }],
  retention: {},
}
