import { z } from 'zod'
import { fenFromYuan } from '../shared/fen.ts'
import { opinionSchema, resolutionSchema } from './conference-forms.ts'

/** Lines of measures on the page. */
const LINES = [0, 1, 2] as const

const text = z.string().default('')

/** A department's opinion as the page sends it. */
export const opinionPageSchema = z
  .object({ opinion: text, offer: text })
  .transform(({ opinion, offer }): z.input<typeof opinionSchema> => ({ text: opinion, offerFen: fenFromYuan(offer) }))
  .pipe(opinionSchema)

/** A resolution as the page sends it: up to three measures, each on a line; an empty line is none. */
export const resolutionPageSchema = z
  .record(z.string(), z.unknown())
  .transform((typed): z.input<typeof resolutionSchema> => ({
    text: stringOf(typed['resolution']),
    presentUnits: typed['presentUnits'],
    measures: LINES.filter((line) => stringOf(typed[`measure${line}`]).trim() !== '').map((line) => ({
      unit: stringOf(typed[`unit${line}`]),
      text: stringOf(typed[`measure${line}`]),
      amountFen: fenFromYuan(stringOf(typed[`amount${line}`])),
      dueAt: stringOf(typed[`dueAt${line}`]),
    })),
  }))
  .pipe(resolutionSchema)

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
