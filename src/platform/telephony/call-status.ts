/** States of one leg of a call. Source: Twilio, Call resource, "Call status values". */
export const CALL_STATUSES = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const

export type CallStatus = (typeof CALL_STATUSES)[number]

/** States after which nothing more happens to a call. */
export const FINAL_CALL_STATUSES = ['completed', 'busy', 'failed', 'no-answer', 'canceled'] as const

export type FinalCallStatus = (typeof FINAL_CALL_STATUSES)[number]

/** Whether a call in this state has ended. */
export function isFinal(status: CallStatus): status is FinalCallStatus {
  return (FINAL_CALL_STATUSES as readonly string[]).includes(status)
}

/** Who began the call: somebody outside, the product, or a `<Dial>` within a call. */
export const CALL_DIRECTIONS = ['inbound', 'outbound-api', 'outbound-dial'] as const

export type CallDirection = (typeof CALL_DIRECTIONS)[number]

/** States of a text message. Source: Twilio, Message resource, "Message status values". */
export const TEXT_STATUSES = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'receiving',
  'received',
  'read',
  'canceled',
] as const

export type TextStatus = (typeof TEXT_STATUSES)[number]
