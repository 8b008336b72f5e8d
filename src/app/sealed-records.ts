import type { Connection } from 'mongoose'
import { SEALED_DECISIONS } from '../aid/index.ts'
import { SEALED_CASES } from '../cases/index.ts'
import { SEALED_ITEMS } from '../conference/index.ts'
import { SEALED_HAND_OVERS, SEALED_STAFF } from '../directory/index.ts'
import { SEALED_CALLBACKS, SEALED_CALLS } from '../hotline/index.ts'
import { SEALED_INTAKES } from '../intake/index.ts'
import { SEALED_BANK_LINES } from '../ledger/index.ts'
import { rotatablePeople, SEALED_LOOKS } from '../people/index.ts'
import { rotatableCollection } from '../platform/mongo/index.ts'
import type { FieldVault, RotatableRecords, SealedCollection } from '../platform/privacy/index.ts'

/** Collections whose sealed fields are declared: key rotation and retention both go by it. */
export const SEALED_COLLECTIONS: readonly SealedCollection[] = [
  SEALED_CASES,
  SEALED_INTAKES,
  SEALED_DECISIONS,
  SEALED_ITEMS,
  SEALED_CALLS,
  SEALED_CALLBACKS,
  SEALED_LOOKS,
  SEALED_STAFF,
  SEALED_HAND_OVERS,
  SEALED_BANK_LINES,
]

export type RotatingServices = Parameters<typeof rotatablePeople>[0] & {
  readonly connection: Connection
  readonly vault: FieldVault
}

/** Everything that is sealed in a county, by the name of its collection. What is missing here keeps an old key alive. */
export function sealedRecords(services: RotatingServices, county: string): readonly [string, RotatableRecords][] {
  return [
    ['people', rotatablePeople(services, county)],
    ...SEALED_COLLECTIONS.map((sealed): [string, RotatableRecords] => [
      sealed.collection,
      rotatableCollection(services, sealed, county),
    ]),
  ]
}
