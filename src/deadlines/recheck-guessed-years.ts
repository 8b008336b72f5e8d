import type { InTransaction } from '../journal/index.ts'
import type { Calendars, WorkingCalendar } from '../policy/index.ts'
import { spanOfRule } from '../policy/index.ts'
import { systemActor } from '../shared/actor.ts'
import { moved, withGuessedYears } from './change-deadline.ts'
import { REMIND_HOUR } from './clock-of-rule.ts'
import type { Deadline } from './deadline.ts'
import { deadlineFact } from './deadline-events.ts'
import type { DeadlineStore } from './deadline-store.ts'

export interface RecheckServices {
  readonly deadlineStore: DeadlineStore
  readonly calendar: Calendars
  readonly inTransaction: InTransaction
  readonly log: { error(details: object, message: string): void }
}

/**
 * Looks after clocks whose working days fall in a year without a holiday table.
 *
 * While the table is missing the county is alarmed, once per year that is missing (`calendar.year_missing`). When it has come, the due time is
 * calculated anew and the old one kept.
 *
 * @returns how many clocks got another due time
 */
export async function recheckGuessedYears(services: RecheckServices, county: string): Promise<number> {
  const guessed = await services.deadlineStore.guessed(county)
  if (guessed.length === 0) return 0
  const calendar = await services.calendar.of(county)
  const missing = new Map<number, number>()
  let changed = 0
  for (const deadline of guessed) {
    const unknown = calendar.unknownYears(deadline.startedAt, deadline.dueAt)
    for (const year of unknown) missing.set(year, (missing.get(year) ?? 0) + 1)
    if (unknown.length === 0 && (await recalculate(services, deadline, calendar))) changed += 1
  }
  for (const [year, deadlines] of missing) await alarm(services, county, year, deadlines)
  return changed
}

/** True when the due time is another one now. */
async function recalculate(
  { deadlineStore, inTransaction }: RecheckServices,
  { _id, county, version }: Deadline,
  calendar: WorkingCalendar,
): Promise<boolean> {
  const key = `deadline/${_id}/${version}/recheck`
  const { isMoved } = await inTransaction({ actor: systemActor(county), key, bodyHash: key }, async (tx) => {
    const found = await deadlineStore.find(county, _id, tx.session)
    if (found?.version !== version) return { isMoved: false }
    const known = withGuessedYears(found, calendar)
    const dueAt = calendar.addTo(found.startedAt, spanOfRule(found.rule))
    if (dueAt.getTime() === found.dueAt.getTime()) {
      await deadlineStore.save(tx, known)
      return { isMoved: false }
    }
    const change = { at: tx.at, staffId: tx.by.actor.staffId, reason: 'calendar_recorded' }
    const again = await deadlineStore.save(tx, moved(known, dueAt, change, reminderOf(found, dueAt, calendar)))
    const fromDueAt = found.dueAt.toISOString()
    tx.announce(deadlineFact('deadline.moved', again, { fromDueAt, reason: change.reason }))
    return { isMoved: true }
  })
  return isMoved
}

/** A reminder keeps its distance to the due day, in working days. */
function reminderOf({ remindAt, dueAt }: Deadline, newDueAt: Date, calendar: WorkingCalendar): Date | undefined {
  if (!remindAt) return undefined
  const distance = Math.max(1, calendar.leftUntil(remindAt, dueAt, 'WD').n)
  return calendar.workingDayFromDue(newDueAt, -distance, REMIND_HOUR)
}

async function alarm(
  { inTransaction, log }: RecheckServices,
  county: string,
  year: number,
  deadlines: number,
): Promise<void> {
  const key = `calendar/${year}/missing`
  const alarmed = { before: false }
  const by = { actor: systemActor(county), key, bodyHash: key, onReplay: () => void (alarmed.before = true) }
  await inTransaction(by, (tx) => {
    tx.announce({ stream: `policy:${county}`, type: 'calendar.year_missing', data: { year, unit: county } })
    return Promise.resolve({ year })
  })
  if (!alarmed.before)
    log.error({ county, year, deadlines }, 'no holiday table for a year in which deadlines fall: record it')
}
