import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import { may } from '../shared/permissions.ts'
import type { CalendarTable } from './calendar-table.ts'
import { calendarRecorded } from './policy-events.ts'
import { POLICY_PERMISSIONS } from './policy-permissions.ts'
import type { PolicyStore } from './policy-store.ts'

export interface RecordCalendarTableServices {
  readonly policyStore: PolicyStore
  readonly inTransaction: InTransaction
}

/**
 * Records the holidays and make-up working days of a year for a county, or for the nation (`CN`, system only).
 *
 * Running clocks of working days are recalculated by the deadlines' reaction to `policy.calendar_recorded`.
 *
 * @throws DomainError `policy.forbidden`; `policy.bad_day` for a day outside the year, or one that is both
 */
export async function recordCalendarTable(
  services: RecordCalendarTableServices,
  table: Omit<CalendarTable, '_id' | 'recordedAt' | 'recordedBy'>,
  by: By,
): Promise<{ id: string }> {
  const { county, year, holidays, workdays } = table
  if (by.actor.kind !== 'system' && !may(POLICY_PERMISSIONS, by.actor, 'policy.record', { county }))
    throw new DomainError('policy.forbidden', `${by.actor.account} may not set the calendar of ${county}`)
  for (const day of [...holidays, ...workdays])
    if (!isDayOf(year, day) || (holidays.includes(day) && workdays.includes(day)))
      throw new DomainError('policy.bad_day', `${day} is not one day of ${year}`, { day, year })

  return services.inTransaction(by, async (tx) => {
    const recorded: CalendarTable = { ...table, _id: newId(), recordedAt: tx.at, recordedBy: by.actor.staffId }
    await services.policyStore.addTable(recorded, tx.session)
    tx.announce(calendarRecorded(recorded))
    return { id: recorded._id }
  })
}

function isDayOf(year: number, day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day.startsWith(`${year}-`)
}
