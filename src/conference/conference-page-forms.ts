import { z } from 'zod'
import { fenFromYuan } from '../shared/fen.ts'
import { opinionSchema, resolutionSchema } from './conference-forms.ts'

/** A department's opinion as the page sends it. */
export const opinionPageSchema = z
  .record(z.string(), z.unknown())
  .transform((typed): z.input<typeof opinionSchema> => ({
    stance: typed['stance'] as z.input<typeof opinionSchema>['stance'],
    text: textOf(typed['text']),
    offerFen: fenFromYuan(textOf(typed['offer'])),
  }))
  .pipe(opinionSchema)

/** A resolution as the page sends it: one measure at most per called department, none where nothing is written. */
export const resolutionPageSchema = z
  .record(z.string(), z.unknown())
  .transform((typed): z.input<typeof resolutionSchema> => ({
    text: textOf(typed['text']),
    presentUnits: typed['presentUnits'],
    measures: unitsWithMeasure(typed).map((unit) => ({
      unit,
      text: textOf(typed[`measure_${unit}`]),
      amountFen: fenFromYuan(textOf(typed[`amount_${unit}`])),
      dueAt: textOf(typed[`dueAt_${unit}`]),
    })),
  }))
  .pipe(resolutionSchema)

/** Departments for which anything was typed, in the order of the page. */
function unitsWithMeasure(typed: Readonly<Record<string, unknown>>): string[] {
  const filled = Object.entries(typed).filter(([, value]) => textOf(value).trim() !== '')
  const units = filled.flatMap(([name]) => /^(?:measure|amount|dueAt)_([\w-]+)$/.exec(name)?.[1] ?? [])
  return [...new Set(units)]
}

const FIELDS: Readonly<Record<string, string>> = { text: 'measure', amountFen: 'amount', dueAt: 'dueAt' }

/** The page's field for what is wrong with a form: `measures.1.dueAt` → `dueAt_320614-housing`, `offerFen` → `offer`. */
export function pageFieldOf(path: string, typed: Readonly<Record<string, unknown>>): string {
  if (path === 'offerFen') return 'offer'
  const [, index, field = ''] = /^measures\.(\d+)\.(\w+)$/.exec(path) ?? []
  const unit = index === undefined ? undefined : unitsWithMeasure(typed)[Number(index)]
  return unit === undefined ? path : `${FIELDS[field] ?? field}_${unit}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
