import { z } from 'zod'
import { CALL_DIRECTIONS, CALL_STATUSES } from '../call-status.ts'

/** What the call log keeps of one leg; never what was said. */
export const callFactsSchema = z.object({
  sid: z.string(),
  parentSid: z.string().optional(),
  direction: z.enum(CALL_DIRECTIONS),
  from: z.string(),
  to: z.string(),
  status: z.enum(CALL_STATUSES),
  createdAt: z.coerce.date(),
  answeredAt: z.coerce.date().optional(),
  endedAt: z.coerce.date().optional(),
  /** Why the product's instructions could not be followed to the end: the caller heard the fallback sentence, or silence. */
  unfinished: z.string().optional(),
})

export type CallFacts = z.infer<typeof callFactsSchema>

/** How long the call was connected. Whole seconds, begun ones counted; at least one. */
export function connectedSeconds({ answeredAt, endedAt }: CallFacts): number {
  if (answeredAt === undefined || endedAt === undefined) return 0
  return Math.max(1, Math.ceil((endedAt.getTime() - answeredAt.getTime()) / 1_000))
}
