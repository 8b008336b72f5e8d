import { z } from 'zod'
import { momentField } from '../cases/index.ts'
import { MAX_AMOUNT_FEN } from '../shared/fen.ts'
import { STANCES, TRIGGERS } from './item.ts'

const line = (missing: string) => z.string().trim().min(1, missing).max(2_000, 'conference:form.tooLong')
const amount = z.coerce
  .number('conference:form.amountWrong')
  .int('conference:form.amountWrong')
  .min(0, 'conference:form.amountWrong')
  .max(MAX_AMOUNT_FEN, 'conference:form.amountWrong')
const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value): unknown => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item))

/** Why a case is put before the conference: one cause or several. */
export const proposeSchema = z.object({
  triggers: list(z.enum(TRIGGERS, 'conference:form.triggerMissing')).pipe(
    z.array(z.enum(TRIGGERS)).min(1, 'conference:form.triggerMissing'),
  ),
  reason: line('conference:form.reasonMissing'),
})

/** When it meets, and whom it calls beside those who are always called. */
export const scheduleSchema = z.object({ meetingAt: momentField, units: list(z.string().max(60)) })

/** A reason of one's own words. */
export const reasonSchema = z.object({ reason: line('conference:form.reasonMissing') })

/** Where a department stands, what it says, and what it offers. */
export const opinionSchema = z.object({
  stance: z.enum(STANCES, 'conference:form.stanceMissing'),
  text: line('conference:form.opinionMissing'),
  offerFen: amount.default(0),
})

export type OpinionForm = z.output<typeof opinionSchema>

const measureSchema = z.object({
  unit: z.string().min(1).max(60),
  text: line('conference:form.measureMissing'),
  amountFen: amount.default(0),
  dueAt: momentField,
})

/** What the conference decided: the sentence, and who does what until when. */
export const resolutionSchema = z.object({
  text: line('conference:form.resolutionMissing'),
  presentUnits: list(z.string().max(60)).pipe(z.array(z.string()).min(1, 'conference:form.presentMissing')),
  measures: z.array(measureSchema).max(20).default([]),
})

export type ResolutionForm = z.output<typeof resolutionSchema>
