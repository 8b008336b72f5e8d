import type { Tx } from '../journal/index.ts'
import { cancelled, handedOver, met, moved, withGuessedYears } from './change-deadline.ts'
import type { Change } from './change-deadline.ts'
import type { Deadline } from './deadline.ts'
import { isNamed, nearestDueAt } from './deadline.ts'
import { deadlineFact } from './deadline-events.ts'
import type { DeadlineStore } from './deadline-store.ts'
import type { DeadlineSteps, DeadlinesNeeds, StillOwed, WhichDeadlines } from './deadline-steps.ts'

/** Steps that end or change clocks. */
export function changeSteps({
  store,
  calendar,
}: DeadlinesNeeds): Pick<DeadlineSteps, 'meetDeadlines' | 'cancelDeadlines' | 'moveDeadlines' | 'handOverDeadlines'> {
  return {
    async meetDeadlines(tx, subject, names, about) {
      const isMeant = meant({ names, ...(about ? { about } : {}) })
      const left = await changeOpen(store, tx, subject, isMeant, (found) => met(found, tx.at))
      for (const done of left.changed) tx.announce(deadlineFact('deadline.met', done, { onTime: done.state === 'MET' }))
      return left
    },

    cancelDeadlines: (tx, subject, reason, which = {}) =>
      changeOpen(store, tx, subject, meant(which), (found) => cancelled(found, tx.at, reason)),

    async moveDeadlines(tx, subject, { dueAt, remindAt, startedAt, reason, ...which }) {
      const days = await calendar.of(tx.county)
      const start = startedAt ? { startedAt } : {}
      const left = await changeOpen(store, tx, subject, meant(which), (found) =>
        withGuessedYears(moved({ ...found, ...start }, dueAt, changeBy(tx, reason), remindAt), days),
      )
      for (const clock of left.changed) {
        const fromDueAt = clock.history.at(-1)?.dueAt.toISOString()
        tx.announce(deadlineFact('deadline.moved', clock, { fromDueAt, reason }))
      }
      return left
    },

    async handOverDeadlines(tx, subject, { unit, staffId, reason, ...which }) {
      const change = changeBy(tx, reason)
      const left = await changeOpen(store, tx, subject, meant(which), (found) =>
        handedOver(found, unit, staffId, change),
      )
      for (const clock of left.changed) tx.announce(deadlineFact('deadline.handed_over', clock, { reason }))
      return left
    },
  }
}

/** Applies a change to the open clocks that are meant, one after the other. */
export async function changeOpen(
  store: DeadlineStore,
  tx: Tx,
  subject: string,
  isMeant: (deadline: Deadline) => boolean,
  changeOne: (deadline: Deadline) => Deadline,
): Promise<StillOwed> {
  const found = await store.openOf(tx.county, [subject], tx.session)
  const open: Deadline[] = []
  const changed: Deadline[] = []
  for (const deadline of found) {
    const saved = isMeant(deadline) ? await store.save(tx, changeOne(deadline)) : deadline
    if (saved !== deadline) changed.push(saved)
    if (saved.isOpen) open.push(saved)
  }
  return { open, changed, nearestDueAt: nearestDueAt(open) }
}

/** Whether a clock is one of those asked for. */
export function meant({ names, about, owedBy }: WhichDeadlines): (deadline: Deadline) => boolean {
  return (deadline) =>
    (names === undefined || isNamed(deadline, names)) &&
    (about === undefined || deadline.about === about) &&
    (owedBy === undefined || deadline.staffId === owedBy)
}

/** Who changes it, when and why. */
export function changeBy(tx: Tx, reason: string, approvedBy?: string): Change {
  return { at: tx.at, staffId: tx.by.actor.staffId, reason, ...(approvedBy ? { approvedBy } : {}) }
}
