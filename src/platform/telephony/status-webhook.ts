import { z } from 'zod'
import { CALL_DIRECTIONS, CALL_STATUSES, TEXT_STATUSES } from './call-status.ts'
import {
  optionalCount,
  optionalMoment,
  optionalSid,
  optionalText,
  partyField,
  present,
  sidField,
} from './webhook-fields.ts'

const callSchema = z
  .object({
    CallSid: sidField('CA'),
    ParentCallSid: optionalSid('CA'),
    From: partyField,
    To: partyField,
    CallStatus: z.enum(CALL_STATUSES),
    Direction: z.enum(CALL_DIRECTIONS).catch('inbound'),
    CallDuration: optionalCount,
    SequenceNumber: optionalCount,
    Timestamp: optionalMoment,
  })
  .transform((fields) =>
    present({
      callSid: fields.CallSid,
      parentSid: fields.ParentCallSid,
      from: fields.From,
      to: fields.To,
      status: fields.CallStatus,
      direction: fields.Direction,
      durationSeconds: fields.CallDuration,
      /** Order of this call's reports, from 0; they may arrive in another one. */
      sequence: fields.SequenceNumber,
      at: fields.Timestamp,
    }),
  )

/** A report of what became of a call. */
export type StatusWebhook = ReturnType<typeof parseStatusWebhook>

/**
 * Reads a call's status report.
 *
 * @throws ZodError when there is no proper `CallSid` or `CallStatus`
 */
export function parseStatusWebhook(form: unknown) {
  return callSchema.parse(form)
}

const textSchema = z
  .object({
    MessageSid: sidField('(?:SM|MM)'),
    MessageStatus: z.enum(TEXT_STATUSES),
    From: partyField,
    To: partyField,
    ErrorCode: optionalCount,
    key: optionalText,
  })
  .transform((fields) =>
    present({
      textSid: fields.MessageSid,
      status: fields.MessageStatus,
      from: fields.From,
      to: fields.To,
      errorCode: fields.ErrorCode,
      /** The `key` given to `sendText`. */
      key: fields.key,
    }),
  )

/** A report of what became of a text message. */
export type TextStatusWebhook = ReturnType<typeof parseTextStatusWebhook>

/**
 * Reads a text's delivery report.
 *
 * @param query - the address's query, in which `sendText` put the notice's key
 * @throws ZodError when there is no proper `MessageSid` or `MessageStatus`
 */
export function parseTextStatusWebhook(form: unknown, query: unknown = {}) {
  return textSchema.parse({ ...asObject(query), ...asObject(form) })
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
