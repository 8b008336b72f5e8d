import { z } from 'zod'
import {
  dayField,
  daysField,
  momentField,
  optionalDay,
  optionalMoment,
  optionalText,
  patternSchema,
  textField,
  timeField,
} from '../fields.ts'
import { defined } from '../defined.ts'
import { minutesOf } from '../weekly-pattern.ts'
import { MAX_NOTE } from './hand-over.ts'
import { SHIFT_PARTS } from './shift.ts'

const part = z.enum(SHIFT_PARTS, 'common:field.choose')

/** A shift as the API gives it: once from `validFrom` to `validTo`, or weekly within that time. */
export const shiftSchema = z
  .object({
    unit: textField(60),
    line: optionalText(60),
    staffId: textField(60),
    part,
    pattern: patternSchema.optional(),
    validFrom: momentField,
    validTo: optionalMoment,
  })
  .transform(defined)

/** A shift as the page gives it: days and times, from a first day on. */
export const shiftForm = z
  .object({
    staffId: textField(60),
    part,
    line: optionalText(60),
    days: daysField.pipe(z.array(z.number()).min(1, 'common:field.choose')),
    from: timeField,
    to: timeField,
    firstDay: dayField,
    lastDay: optionalDay,
  })
  .refine(({ from, to }) => minutesOf(from) !== minutesOf(to), { path: ['to'], message: 'directory:errors.time_same' })
  .refine(({ firstDay, lastDay }) => !lastDay || firstDay <= lastDay, {
    path: ['lastDay'],
    message: 'directory:errors.last_day',
  })

/** When a shift ends; now when left out. */
export const endShiftSchema = z.object({ at: optionalMoment })

/** Somebody is away. */
export const absenceSchema = z
  .object({
    unit: textField(60),
    staffId: textField(60),
    from: momentField,
    to: momentField,
    substituteId: optionalText(60),
  })
  .transform(defined)

/** The same on the page of one unit. */
export const absenceForm = z
  .object({ awayStaff: textField(60), awayFrom: momentField, awayTo: momentField, substituteId: optionalText(60) })
  .refine(({ awayFrom, awayTo }) => awayFrom < awayTo, { path: ['awayTo'], message: 'directory:errors.roster_times' })

/** An absence that ends earlier, or gets a substitute. */
export const changeAbsenceSchema = z.object({ to: optionalMoment, substituteId: optionalText(60) })

/** A note for the next shift. */
export const handOverSchema = z
  .object({ unit: textField(60), line: optionalText(60), text: textField(MAX_NOTE) })
  .transform(defined)

/** The same on the page of one unit. */
export const handOverForm = z.object({ text: textField(MAX_NOTE) })

/** Which part of a roster is asked for. */
export const rosterQuery = z.object({ unit: textField(60), from: optionalMoment, to: optionalMoment })

/** Who is on duty: where, when, for which line. */
export const dutyQuery = z.object({ unit: textField(60), at: optionalMoment, line: optionalText(60) })

/** Whose notes. */
export const handOverQuery = z.object({
  unit: textField(60),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
