import type { Span, WorkingCalendar } from '../policy/index.ts'
import { spanOfRule } from '../policy/index.ts'
import type { Deadline, DeadlineChange, DeadlineState } from './deadline.ts'

/** Who changes a clock, when and why. */
export interface Change {
  readonly at: Date
  readonly staffId: string
  /** Code of the reason. */
  readonly reason: string
  readonly approvedBy?: string
}

/** Done: in time, or late when the clock had been missed. */
export function met(deadline: Deadline, at: Date): Deadline {
  const state = deadline.state === 'BREACHED' ? 'BREACHED' : 'MET'
  return ended({ ...deadline, state, metAt: at })
}

/** No longer owed. What was missed stays missed. */
export function cancelled(deadline: Deadline, at: Date, reason: string): Deadline {
  const state = deadline.state === 'BREACHED' ? 'BREACHED' : 'CANCELLED'
  return ended({ ...deadline, state, cancelledAt: at, cancelReason: reason })
}

/** Missed, at the instant it was due. It stays owed. */
export function breached(deadline: Deadline): Deadline {
  return without({ ...deadline, state: 'BREACHED', breachedAt: deadline.dueAt }, 'nextAt')
}

export function reminded(deadline: Deadline, at: Date): Deadline {
  return { ...deadline, remindedAt: at, nextAt: deadline.dueAt }
}

/**
 * Due at another time. A missed clock whose new due time lies ahead runs again: its start had been recorded wrongly. One whose new due time
 * has passed too was missed then.
 *
 * @param remindAt - the reminder of the new due time; left out: none
 */
export function moved(deadline: Deadline, dueAt: Date, change: Change, remindAt?: Date): Deadline {
  const isAhead = dueAt > change.at
  const state: DeadlineState = deadline.state === 'PAUSED' ? 'PAUSED' : isAhead ? 'RUNNING' : deadline.state
  const history = [...deadline.history, changeOf(deadline, 'moved', change)]
  const again = { ...without(deadline, 'remindAt', 'nextAt'), dueAt, state, history }
  if (state === 'BREACHED') return { ...again, breachedAt: dueAt }
  if (state !== 'RUNNING') return again
  const reminder = remindAt && remindAt > change.at ? { remindAt } : {}
  return running({ ...without(again, 'breachedAt', 'remindedAt'), ...reminder })
}

/** Somebody else owes it now; the due time stays. */
export function handedOver(deadline: Deadline, unit: string, staffId: string | undefined, change: Change): Deadline {
  const history = [...deadline.history, changeOf(deadline, 'handed_over', change)]
  return { ...without(deadline, 'staffId'), unit, ...(staffId ? { staffId } : {}), history }
}

/** Stands still, with reason and approver. */
export function paused(deadline: Deadline, change: Change): Deadline {
  const history = [...deadline.history, changeOf(deadline, 'paused', change)]
  return without({ ...deadline, state: 'PAUSED', pausedAt: change.at, history }, 'nextAt')
}

/** Runs on with what was left when it was paused: so many minutes, or so many working days after today. */
export function resumed(deadline: Deadline, calendar: WorkingCalendar, change: Change): Deadline {
  const dueAt = dueAfterPause(deadline, calendar, deadline.pausedAt ?? change.at, change.at)
  const history = [...deadline.history, changeOf(deadline, 'resumed', change)]
  return running({ ...without(deadline, 'pausedAt', 'remindAt'), dueAt, state: 'RUNNING', history })
}

/** Notes the years whose working days are only guessed; only spans of working days depend on a table. */
export function withGuessedYears(deadline: Deadline, calendar: WorkingCalendar): Deadline {
  const known = without(deadline, 'unknownYears')
  const unknownYears = unitOf(deadline) === 'WD' ? calendar.unknownYears(deadline.startedAt, deadline.dueAt) : []
  return unknownYears.length > 0 ? { ...known, unknownYears } : known
}

/** Looks at the clock again at its reminder, or else at its due time. */
export function running(deadline: Deadline): Deadline {
  return { ...deadline, nextAt: deadline.remindAt ?? deadline.dueAt }
}

function dueAfterPause(deadline: Deadline, calendar: WorkingCalendar, pausedAt: Date, at: Date): Date {
  const unit = unitOf(deadline)
  if (unit === 'MIN' || unit === 'H') return new Date(deadline.dueAt.getTime() + (at.getTime() - pausedAt.getTime()))
  return calendar.addTo(at, calendar.leftUntil(pausedAt, deadline.dueAt, unit))
}

/** What its rule counts; a clock without a timed rule runs on real time. */
export function unitOf({ rule }: Pick<Deadline, 'rule'>): Span['unit'] {
  try {
    return spanOfRule(rule).unit
  } catch {
    return 'MIN'
  }
}

function ended(deadline: Deadline): Deadline {
  return without({ ...deadline, isOpen: false }, 'nextAt')
}

/** Fields that a clock may lack. */
type Optional = 'nextAt' | 'remindAt' | 'remindedAt' | 'pausedAt' | 'breachedAt' | 'staffId' | 'unknownYears'

function without(deadline: Deadline, ...names: readonly Optional[]): Deadline {
  const left = Object.entries(deadline).filter(([name]) => !(names as readonly string[]).includes(name))
  return Object.fromEntries(left) as unknown as Deadline
}

function changeOf({ dueAt, state }: Deadline, what: DeadlineChange['what'], change: Change): DeadlineChange {
  return { ...change, what, dueAt, state }
}
