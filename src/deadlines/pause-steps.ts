import { DomainError } from '../shared/errors.ts'
import { paused, resumed, withGuessedYears } from './change-deadline.ts'
import { changeBy, changeOpen, meant } from './change-steps.ts'
import { deadlineFact } from './deadline-events.ts'
import type { DeadlineSteps, DeadlinesNeeds } from './deadline-steps.ts'

/** A clock stands still only with a reason, and runs on with what was left. */
export function pauseSteps({
  store,
  calendar,
}: DeadlinesNeeds): Pick<DeadlineSteps, 'pauseDeadlines' | 'resumeDeadlines'> {
  return {
    async pauseDeadlines(tx, subject, { reason, approvedBy, ...which }) {
      const isMeant = meant(which)
      const left = await changeOpen(
        store,
        tx,
        subject,
        (found) => found.state === 'RUNNING' && isMeant(found),
        (found) => paused(found, changeBy(tx, reason, approvedBy)),
      )
      if (left.changed.length === 0) throw new DomainError('deadline.not_running', 'No clock of this kind is running')
      for (const clock of left.changed) tx.announce(deadlineFact('deadline.paused', clock, { reason, approvedBy }))
      return left
    },

    async resumeDeadlines(tx, subject, { reason, approvedBy, ...which }) {
      const isMeant = meant(which)
      const days = await calendar.of(tx.county)
      const left = await changeOpen(
        store,
        tx,
        subject,
        (found) => found.state === 'PAUSED' && isMeant(found),
        (found) => withGuessedYears(resumed(found, days, changeBy(tx, reason, approvedBy)), days),
      )
      if (left.changed.length === 0) throw new DomainError('deadline.not_paused', 'No clock of this kind is paused')
      for (const clock of left.changed) tx.announce(deadlineFact('deadline.resumed', clock, { reason, approvedBy }))
      return left
    },
  }
}
