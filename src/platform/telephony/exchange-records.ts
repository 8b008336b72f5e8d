import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call.js'
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js'
import { z } from 'zod'
import { CALL_DIRECTIONS, CALL_STATUSES, TEXT_STATUSES } from './call-status.ts'
import type { CallRecord, TextRecord } from './telephony.ts'

const callSchema = z.object({
  sid: z.string(),
  parentCallSid: z.string().nullish(),
  direction: z.string().transform((word) => CALL_DIRECTIONS.find((known) => known === word) ?? 'inbound'),
  from: z.string(),
  to: z.string(),
  status: z.enum(CALL_STATUSES),
  startTime: z.date().nullish(),
  endTime: z.date().nullish(),
  duration: z.coerce.number().nullish(),
})

/** Our record of a call, from Twilio's. */
export function toCallRecord(instance: CallInstance): CallRecord {
  const call = callSchema.parse(instance)
  return {
    sid: call.sid,
    direction: call.direction,
    from: call.from,
    to: call.to,
    status: call.status,
    ...(call.parentCallSid ? { parentSid: call.parentCallSid } : {}),
    ...(call.startTime ? { startedAt: call.startTime } : {}),
    ...(call.endTime ? { endedAt: call.endTime } : {}),
    ...(typeof call.duration === 'number' ? { durationSeconds: call.duration } : {}),
  }
}

const textSchema = z.object({
  sid: z.string(),
  direction: z.string(),
  from: z.string(),
  to: z.string(),
  body: z.string(),
  status: z.enum(TEXT_STATUSES),
  errorCode: z.number().nullish(),
  dateCreated: z.date(),
})

/** Our record of a text message, from Twilio's. */
export function toTextRecord(instance: MessageInstance): TextRecord {
  const text = textSchema.parse(instance)
  return {
    sid: text.sid,
    direction: text.direction === 'inbound' ? 'inbound' : 'outbound',
    from: text.from,
    to: text.to,
    text: text.body,
    status: text.status,
    createdAt: text.dateCreated,
    ...(typeof text.errorCode === 'number' ? { errorCode: text.errorCode } : {}),
  }
}
