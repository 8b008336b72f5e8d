import type { WaitingDeadline } from './deadline-store.ts'
import type { FireDeadlineServices } from './fire-deadline.ts'
import { fireDeadline } from './fire-deadline.ts'

/** How many clocks are read at once. */
const BATCH = 200

/** How many subjects are fired side by side. One subject's clocks fire one after the other, in the order in which they were due. */
const SIDE_BY_SIDE = 8

/**
 * Fires everything that is due in some counties, the earliest first, and looks again until nothing is.
 *
 * @returns how many clocks fired by us
 * @throws the first failure, after everything else was tried
 */
export async function fireDue(services: FireDeadlineServices, counties: readonly string[]): Promise<number> {
  const stuck = new Set<string>()
  let failure: unknown
  let fired = 0
  for (;;) {
    const waiting = await services.deadlineStore.waiting(counties, services.clock.now(), BATCH + stuck.size)
    const fresh = waiting.filter((deadline) => !stuck.has(stampOf(deadline)))
    if (fresh.length === 0) break
    await sideBySide(bySubject(fresh), async (ofSubject) => {
      for (const deadline of ofSubject)
        try {
          if ((await fireDeadline(services, deadline)) === 'nothing') stuck.add(stampOf(deadline))
          else fired += 1
        } catch (error) {
          stuck.add(stampOf(deadline))
          failure ??= error
        }
    })
  }
  if (failure !== undefined) throw failure as Error
  return fired
}

/** When the next clock of some counties has to be looked at, up to a moment; undefined when none. */
export async function nextDueAt(
  services: Pick<FireDeadlineServices, 'deadlineStore'>,
  counties: readonly string[],
  until: Date,
): Promise<Date | undefined> {
  const [next] = await services.deadlineStore.waiting(counties, until, 1)
  return next?.nextAt
}

function bySubject(waiting: readonly WaitingDeadline[]): WaitingDeadline[][] {
  const subjects = new Map<string, WaitingDeadline[]>()
  for (const deadline of waiting) {
    const place = `${deadline.county}/${deadline.subject}`
    subjects.set(place, [...(subjects.get(place) ?? []), deadline])
  }
  return [...subjects.values()]
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane))
}

function stampOf({ _id, version }: WaitingDeadline): string {
  return `${_id}/${version}`
}
