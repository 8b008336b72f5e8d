import type { InTransaction } from '../journal/index.ts'
import { systemActor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { breached, reminded } from './change-deadline.ts'
import type { Deadline } from './deadline.ts'
import { isDue } from './deadline.ts'
import { deadlineFact } from './deadline-events.ts'
import type { DeadlineStore, WaitingDeadline } from './deadline-store.ts'

export interface FireDeadlineServices {
  readonly deadlineStore: DeadlineStore
  readonly inTransaction: InTransaction
  readonly clock: Clock
}

/** What came of looking at a clock. */
export type Fired = 'breached' | 'reminded' | 'nothing'

/**
 * Fires a clock that is due: its reminder, or that it was missed. Each exactly once, however many processes try and wherever one dies.
 *
 * The key of the command names the clock's version and every firing makes a new version, so a repeat finds either the first answer or a clock
 * that moved on. Nothing is recorded for a clock that is not due yet.
 */
export async function fireDeadline(
  services: FireDeadlineServices,
  { _id, county, version }: Pick<WaitingDeadline, '_id' | 'county' | 'version'>,
): Promise<Fired> {
  const { deadlineStore, inTransaction, clock } = services
  const waiting = await deadlineStore.find(county, _id)
  if (!waiting || waiting.version !== version || !isDue(waiting, clock.now())) return 'nothing'

  const key = `deadline/${_id}/${version}`
  return inTransaction({ actor: systemActor(county), key, bodyHash: key }, async (tx) => {
    const found = await deadlineStore.find(county, _id, tx.session)
    if (!found || found.version !== version) return 'nothing'
    if (!isDue(found, tx.at)) throw new Error(`Deadline ${_id} is not due at ${tx.at.toISOString()}`)
    const isMissed = found.dueAt <= tx.at
    const fired = await deadlineStore.save(tx, isMissed ? breached(found) : reminded(found, tx.at))
    tx.announce(deadlineFact(isMissed ? 'deadline.breached' : 'deadline.reminded', fired, lateness(fired, tx.at)))
    return isMissed ? 'breached' : 'reminded'
  })
}

/** How late the firing itself was, where it was: after an outage, chains that follow count from now and can say why. Seconds. */
function lateness({ dueAt, state }: Deadline, at: Date): { firedLateS?: number } {
  const lateS = Math.floor((at.getTime() - dueAt.getTime()) / 1000)
  return state === 'BREACHED' && lateS > 0 ? { firedLateS: lateS } : {}
}
