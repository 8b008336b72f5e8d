import type { Tx } from '../journal/index.ts'
import { newId } from '../shared/ids.ts'
import { running, unitOf, withGuessedYears } from './change-deadline.ts'
import type { Deadline, NewDeadline } from './deadline.ts'
import type { DeadlinesNeeds } from './deadline-steps.ts'

/** Starts clocks with one insert. A reminder that would come before the start or after the due time is left out. */
export async function startDeadlines(
  { store, calendar }: DeadlinesNeeds,
  tx: Tx,
  started: readonly NewDeadline[],
): Promise<readonly Deadline[]> {
  const clocks = started.map((clock) => newClock(tx.county, clock))
  const needsTable = clocks.some((clock) => unitOf(clock) === 'WD')
  const days = needsTable ? await calendar.of(tx.county) : undefined
  const checked = days ? clocks.map((clock) => withGuessedYears(clock, days)) : clocks
  await store.insert(tx, checked)
  return checked
}

function newClock(county: string, { remindAt, ...clock }: NewDeadline): Deadline {
  const isWorthIt = remindAt && remindAt > clock.startedAt && remindAt < clock.dueAt
  return running({
    ...clock,
    ...(isWorthIt ? { remindAt } : {}),
    _id: newId(),
    county,
    state: 'RUNNING',
    isOpen: true,
    history: [],
    version: 1,
  })
}
