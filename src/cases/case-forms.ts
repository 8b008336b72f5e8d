import { z } from 'zod'
import { momentOf } from '../shared/china-day.ts'
import { FEEDBACK_MEDIA } from './give-feedback.ts'

/** A moment as a page's field sends it (`2026-11-29T10:30`, China's time) or as the API does (RFC 3339). */
export const momentField = z
  .string()
  .trim()
  .min(1, 'cases:form.timeMissing')
  .transform((text, context) => {
    const local = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(text)
    const at = local
      ? new Date(momentOf(local[1] ?? '').getTime() + (Number(local[2]) * 60 + Number(local[3])) * 60_000)
      : new Date(text)
    if (!Number.isNaN(at.getTime())) return at
    context.addIssue({ code: 'custom', message: 'cases:form.timeUnreadable' })
    return z.NEVER
  })

const reasonField = z.string().trim().max(500, 'cases:form.tooLong')

/** When the emergency ended, and why a recorded end is corrected. */
export const endEmergencySchema = z.object({ endedAt: momentField, reason: reasonField.optional() })

/** How the caller was told. */
export const feedbackSchema = z.object({
  medium: z.enum(FEEDBACK_MEDIA, 'cases:form.mediumMissing'),
  text: z.string().trim().min(1, 'cases:form.feedbackMissing').max(2_000, 'cases:form.tooLong'),
})

/** A command without fields. */
export const nothingSchema = z.object({})

/** Which cases a list shows. */
export const listSchema = z.object({
  unit: z.string().max(40).optional(),
  state: z.string().max(20).optional(),
  order: z.enum(['due', 'newest']).default('due'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(200).optional(),
})
