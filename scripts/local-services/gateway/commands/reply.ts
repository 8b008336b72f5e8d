import { serialize } from 'bson'
import type { Document } from 'bson'

/** An encoded answer. */
export function reply(fields: Document): Buffer {
  return Buffer.from(serialize(fields))
}

/** The answer that says nothing but yes. */
export const OK = reply({ ok: 1 })
