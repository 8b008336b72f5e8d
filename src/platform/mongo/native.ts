import type { Collection, Document } from 'mongodb'
import type { Model } from 'mongoose'

/**
 * The driver's own collection of a model, typed by what it holds.
 *
 * Inside transactions stores write plain objects through it: hydrated documents reused by a retry silently skip writes.
 */
export function native<Stored>(model: Model<Stored>): Collection<Stored & Document> {
  return model.collection as unknown as Collection<Stored & Document>
}
