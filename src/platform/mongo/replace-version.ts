import type { ClientSession, Collection } from 'mongodb'
import { DomainError } from '../../shared/errors.ts'

/** A record that is changed only over the version that was read. */
export interface Versioned {
  readonly _id: string
  readonly county: string
  readonly version: number
}

/**
 * Saves a record over exactly the version that was read, as the next version.
 *
 * @param stored - how the record is written, when more stands in the database than in the record
 * @throws DomainError `version.stale` when somebody else was faster
 */
export async function replaceVersion<R extends Versioned>(
  collection: unknown,
  { session }: { readonly session: ClientSession },
  { _id, county, version }: Versioned,
  after: R,
  stored: (saved: R) => object = (saved) => saved,
): Promise<R> {
  const saved = { ...after, version: version + 1 }
  const records = collection as Collection<Versioned>
  const { matchedCount } = await records.replaceOne({ _id, county, version }, stored(saved) as Versioned, { session })
  if (matchedCount === 0)
    throw new DomainError('version.stale', `${records.collectionName} ${_id} was changed by somebody else`, {
      id: _id,
      version,
    })
  return saved
}
