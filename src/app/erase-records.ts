import type { InTransaction, Tx } from '../journal/index.ts'
import type { FieldVault, SealedCollection, StoredRecord } from '../platform/privacy/index.ts'
import { erase } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { RetentionStore } from './retention-store.ts'
import { SEALED_COLLECTIONS } from './sealed-records.ts'

export interface EraseServices {
  readonly retention: RetentionStore
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

/** What was erased: how many records, over all collections. */
export interface Erased {
  readonly records: number
}

/**
 * Erases what is sealed in a closed case and in everything that belongs to it: requests, decisions, conference. Numbers, sums, dates and the journal
 * stay, so that books and chains remain whole.
 *
 * @param given.before - the limit the signed list was made for
 * @throws DomainError `retention.not_found`, `retention.still_used` when it was not closed before that, `retention.forbidden` unless the system acts
 */
export async function eraseCase(
  services: EraseServices,
  { no, before }: { readonly no: string; readonly before: Date },
  by: By,
): Promise<Erased> {
  requireSystem(by)
  return services.inTransaction(by, async (tx) => {
    let records = 0
    for (const sealed of SEALED_COLLECTIONS)
      for (const record of await services.retention.ofCase(tx, sealed, no)) {
        if (sealed.collection === 'cases') requireClosedBefore(record, before)
        await eraseOne(services, tx, sealed, record)
        records += 1
      }
    if (records === 0) throw new DomainError('retention.not_found', 'There is no such case')
    tx.announce({ stream: `case:${no}`, type: 'case.erased', data: { no, records } })
    return { records }
  })
}

/**
 * Erases what is sealed in a record that belongs to no case: a call, a callback, a request that was no request for help, the reason of a look.
 *
 * @throws DomainError `retention.not_found`, `retention.forbidden` unless the system acts
 */
export async function eraseRecord(
  services: EraseServices,
  { sealed, id }: { readonly sealed: SealedCollection; readonly id: string },
  by: By,
): Promise<Erased> {
  requireSystem(by)
  return services.inTransaction(by, async (tx) => {
    const record = await services.retention.find(tx, sealed, id)
    if (!record) throw new DomainError('retention.not_found', 'There is no such record')
    await eraseOne(services, tx, sealed, record)
    tx.announce({
      stream: `retention:${sealed.collection}`,
      type: 'record.erased',
      data: { collection: sealed.collection, id },
    })
    return { records: 1 }
  })
}

async function eraseOne(
  { retention, vault }: EraseServices,
  tx: Tx,
  sealed: SealedCollection,
  record: StoredRecord,
): Promise<void> {
  await retention.save(tx, sealed, record._id, erase(vault, sealed, record))
}

function requireSystem({ actor }: By): void {
  if (actor.kind !== 'system') throw new DomainError('retention.forbidden', 'Only retention erases records')
}

function requireClosedBefore({ state, closedAt }: StoredRecord, before: Date): void {
  if (state === 'CLOSED' && closedAt instanceof Date && closedAt < before) return
  throw new DomainError('retention.still_used', 'The case was not closed before the limit of the list')
}
