import { z } from 'zod'
import { callFactsSchema } from './call-facts.ts'
import { faultSchema, WEBHOOK_KINDS } from './faults.ts'
import { ownNumberSchema } from './own-number.ts'
import { phoneManner } from './phone.ts'
import { textMessageSchema } from './text-message.ts'

const spoken = z.string().min(1).max(2_000)
const keys = z.string().regex(/^[\d*#]{1,40}$/, 'Keys are 0-9, * and #')
const number = z.string().max(140)

/** What the control address takes. */
export const controlRequests = {
  call: z.object({
    from: number,
    to: number,
    /** Said when asked: at a menu that listens, in a message, to whoever answers. */
    say: z.union([spoken, z.array(spoken).max(20)]).optional(),
    press: keys.optional(),
    hangUpAfterSeconds: z.number().min(0).max(14_400).optional(),
  }),
  say: z.object({ text: spoken }),
  press: z.object({ keys }),
  answer: z.object({ sid: z.string().optional() }),
  drop: z.object({ silently: z.boolean().default(false) }),
  text: z.object({ from: number, to: number, text: z.string().max(1_600) }),
  manner: phoneManner,
  fault: faultSchema,
  number: ownNumberSchema,
  /** Long polling: wait until the version is beyond `after`, at most `waitMs`. */
  watch: z.object({
    after: z.coerce.number().int().min(-1).default(-1),
    waitMs: z.coerce.number().int().min(0).max(60_000).default(0),
  }),
} as const

const line = z.object({
  no: z.number(),
  at: z.coerce.date(),
  kind: z.enum(['heard', 'said', 'pressed', 'noted']),
  text: z.string(),
  from: z.string().optional(),
  language: z.string().optional(),
})

const callView = callFactsSchema.extend({
  version: z.number(),
  transcript: z.array(line),
  /** What was odd about the product's documents. */
  warnings: z.array(z.string()),
})

/** What the control address answers. */
export const controlAnswers = {
  call: callView,
  calls: z.object({ calls: z.array(callFactsSchema) }),
  phone: z.object({
    id: z.string(),
    version: z.number(),
    manner: phoneManner,
    ringing: z.array(callFactsSchema),
    talking: callView.optional(),
    /** Its calls, newest first; the last hundred. */
    calls: z.array(callFactsSchema),
    texts: z.array(textMessageSchema),
  }),
  sid: z.object({ sid: z.string() }),
  text: textMessageSchema,
  numbers: z.object({ numbers: z.array(ownNumberSchema) }),
  faults: z.object({ faults: z.array(faultSchema) }),
  queues: z.object({
    queues: z.array(z.object({ name: z.string(), sid: z.string(), callers: z.array(z.string()) })),
  }),
  webhooks: z.object({
    webhooks: z.array(
      z.object({
        at: z.coerce.date(),
        kind: z.enum(WEBHOOK_KINDS),
        url: z.string(),
        params: z.record(z.string(), z.string()),
        ms: z.number(),
        status: z.number(),
      }),
    ),
  }),
  idle: z.object({ idle: z.boolean() }),
  done: z.object({ done: z.boolean() }),
  refusal: z.object({ code: z.string(), message: z.string() }),
} as const

export type NewCall = z.input<typeof controlRequests.call>
export type CallView = z.infer<typeof controlAnswers.call>
export type PhoneView = z.infer<typeof controlAnswers.phone>
export type DeliveredWebhook = z.infer<typeof controlAnswers.webhooks>['webhooks'][number]
