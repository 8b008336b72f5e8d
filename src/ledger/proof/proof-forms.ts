import { z } from 'zod'

const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Which checkpoint; the newest unless said. */
export const checkpointQuery = z.object({ size: size.optional() })

/** Two sizes of a tree. */
export const consistencyQuery = z.object({ from: size, to: size })

/** An entry. */
export const inclusionQuery = z.object({ fundId: z.string().max(60), seq: z.coerce.number().int().min(1) })

/** What a witness sends. */
export const cosignatureSchema = z.object({
  size: z.int().min(0),
  name: z.string().regex(/^[^\s+]{1,100}$/),
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  line: z.string().max(400),
})
