import { z } from 'zod'

/** Requests the exchange makes to the product. */
export const WEBHOOK_KINDS = ['voice', 'status', 'text', 'text_status', 'recording'] as const

export type WebhookKind = (typeof WEBHOOK_KINDS)[number]

/**
 * Things that go wrong on a real network, made to order.
 *
 * - `twice`: the webhook is delivered again after its answer, or at the same moment (`atOnce`)
 * - `late`: it is delivered after `ms`
 * - `lost`: it never arrives
 * - `out_of_order`: a status report arrives after the one that follows it
 * - `rest_down`: our request to the exchange is answered 503
 * - `rest_unknown`: the exchange does what we ask, and the connection breaks before its answer
 */
export const faultSchema = z.object({
  what: z.enum(['twice', 'late', 'lost', 'out_of_order', 'rest_down', 'rest_unknown']),
  /** Which webhooks; any when missing. */
  of: z.enum(WEBHOOK_KINDS).optional(),
  /** Only those whose address contains this. */
  at: z.string().max(500).optional(),
  count: z.int().min(1).max(1_000_000).default(1),
  ms: z.int().min(0).max(600_000).default(1_000),
  atOnce: z.boolean().default(false),
})

export type Fault = z.infer<typeof faultSchema>
export type FaultKind = Fault['what']

/** The faults ordered and not yet happened. */
export interface Faults {
  add(fault: Fault): void
  list(): readonly Fault[]
  clear(): void
  /** Uses up one fault of these kinds that fits, if one was ordered. */
  take(kinds: readonly FaultKind[], of?: WebhookKind, url?: string): Fault | undefined
}

/** An empty list of faults. */
export function createFaults(): Faults {
  let ordered: Fault[] = []
  return {
    add: (fault) => ordered.push({ ...fault }),
    list: () => ordered,
    clear() {
      ordered = []
    },
    take(kinds, of, url = '') {
      const fits = (fault: Fault) =>
        kinds.includes(fault.what) && (fault.of === undefined || fault.of === of) && url.includes(fault.at ?? '')
      const fault = ordered.find(fits)
      if (fault === undefined) return undefined
      fault.count -= 1
      if (fault.count === 0) ordered = ordered.filter((other) => other !== fault)
      return fault
    },
  }
}
