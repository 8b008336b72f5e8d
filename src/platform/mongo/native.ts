import type { Collection } from 'mongodb'
import type { Model } from 'mongoose'

/**
 * The driver's own collection of a model, typed by what it holds at its top level.
 *
 * Inside transactions stores write plain objects through it: hydrated documents reused by a retry silently skip writes. Nested parts are
 * left open, because the driver's filter types do not end on values that contain themselves.
 */
export function native<Stored>(model: Model<Stored>): Collection<Open<Stored>> {
  return model.collection as unknown as Collection<Open<Stored>>
}

type Scalar = string | number | boolean | bigint | Date | null | undefined

type Open<Stored> = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- nested parts are open by intention, see above
  [Name in keyof Stored]: Stored[Name] extends Scalar ? Stored[Name] : any
}
