import { z } from 'zod'
import { partyField, sidField } from './webhook-fields.ts'

const schema = z
  .object({
    MessageSid: sidField('(?:SM|MM)'),
    From: partyField,
    To: partyField,
    Body: z.string().max(10_000).default(''),
  })
  .transform((fields) => ({ textSid: fields.MessageSid, from: fields.From, to: fields.To, text: fields.Body }))

/** A text message somebody sent to one of our numbers. */
export type TextWebhook = z.infer<typeof schema>

/**
 * Reads an incoming text message.
 *
 * @throws ZodError when there is no proper `MessageSid`
 */
export function parseTextWebhook(form: unknown): TextWebhook {
  return schema.parse(form)
}
