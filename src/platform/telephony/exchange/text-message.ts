import { z } from 'zod'
import { TEXT_STATUSES } from '../call-status.ts'

/** A text message in the exchange's log. */
export const textMessageSchema = z.object({
  sid: z.string(),
  direction: z.enum(['inbound', 'outbound-api', 'outbound-reply']),
  from: z.string(),
  to: z.string(),
  body: z.string(),
  status: z.enum(TEXT_STATUSES),
  errorCode: z.number().optional(),
  createdAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
  /** Why the product never got an incoming text. */
  unfinished: z.string().optional(),
})

export type TextMessage = z.infer<typeof textMessageSchema>
