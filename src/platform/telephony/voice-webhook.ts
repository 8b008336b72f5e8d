import { z } from 'zod'
import { CALL_DIRECTIONS, CALL_STATUSES } from './call-status.ts'
import { optionalCount, optionalSid, optionalText, partyField, present, sidField } from './webhook-fields.ts'

const schema = z
  .object({
    CallSid: sidField('CA'),
    ParentCallSid: optionalSid('CA'),
    From: partyField,
    To: partyField,
    CallStatus: z.enum(CALL_STATUSES).catch('in-progress'),
    Direction: z.enum(CALL_DIRECTIONS).catch('inbound'),
    Digits: optionalText,
    SpeechResult: optionalText,
    DialCallStatus: z
      .enum([...CALL_STATUSES, 'answered'])
      .optional()
      .catch(undefined),
    DialCallSid: optionalSid('CA'),
    DialCallDuration: optionalCount,
    QueueResult: optionalText,
    QueuePosition: optionalCount,
    QueueTime: optionalCount,
    CurrentQueueSize: optionalCount,
    RecordingSid: optionalSid('RE'),
    RecordingUrl: optionalText,
    RecordingDuration: optionalCount,
    ErrorCode: optionalCount,
    ErrorUrl: optionalText,
  })
  .transform((fields) =>
    present({
      callSid: fields.CallSid,
      parentSid: fields.ParentCallSid,
      from: fields.From,
      to: fields.To,
      status: fields.CallStatus,
      direction: fields.Direction,
      /** Keys pressed; `hangup` when a message ended by hanging up. */
      digits: fields.Digits,
      speech: fields.SpeechResult,
      /** How a `dial` ended. */
      dialStatus: fields.DialCallStatus,
      dialCallSid: fields.DialCallSid,
      dialSeconds: fields.DialCallDuration,
      /** Why a caller left the queue: bridged, redirected, hangup, leave, queue-full, error. */
      queueResult: fields.QueueResult,
      /** Place in the queue, from 1. */
      queuePosition: fields.QueuePosition,
      queueSeconds: fields.QueueTime,
      queueSize: fields.CurrentQueueSize,
      recordingSid: fields.RecordingSid,
      recordingUrl: fields.RecordingUrl,
      recordingSeconds: fields.RecordingDuration,
      /** Set when the exchange asks a fallback address: what went wrong, and where. */
      errorCode: fields.ErrorCode,
      errorUrl: fields.ErrorUrl,
    }),
  )

/** What the exchange tells when it asks what a call shall do next. */
export type VoiceWebhook = ReturnType<typeof parseVoiceWebhook>

/**
 * Reads the form of a voice webhook: the first ring, or any `action`, `waitUrl`, whisper or fallback.
 *
 * Numbers come out in the one spelling; whatever is no number is `anonymous`.
 *
 * @throws ZodError when there is no proper `CallSid`
 */
export function parseVoiceWebhook(form: unknown) {
  return schema.parse(form)
}
