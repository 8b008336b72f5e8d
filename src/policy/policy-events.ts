import type { Fact } from '../journal/index.ts'
import type { CalendarTable } from './calendar-table.ts'
import type { PolicyValue } from './policy-value.ts'

/** Values of parameters were recorded; they hold from their own dates on. */
export function policyRecorded(scope: string, values: readonly PolicyValue[]): Fact {
  return {
    stream: `policy:${scope}`,
    type: 'policy.recorded',
    data: {
      scope,
      keys: values.map(({ key }) => key),
      validFrom: values.map(({ validFrom }) => validFrom),
      sources: [...new Set(values.map(({ source }) => source.id))],
    },
  }
}

/** Holidays or make-up days of a year were recorded. */
export function calendarRecorded({ county, year, source, isWholeYear }: CalendarTable): Fact {
  return {
    stream: `policy:${county}`,
    type: 'policy.calendar_recorded',
    data: { scope: county, year, isWholeYear, source: source.id },
  }
}
