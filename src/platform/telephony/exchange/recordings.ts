import { z } from 'zod'

/** A recorded message or conversation. What was said stays in memory, for whoever tries the product out. */
export const recordingSchema = z.object({
  sid: z.string(),
  callSid: z.string(),
  createdAt: z.coerce.date(),
  seconds: z.number(),
})

export type Recording = z.infer<typeof recordingSchema>
