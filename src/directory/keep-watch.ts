import { keepDoing } from '../platform/keep-doing.ts'
import type { WatchRosterServices } from './roster/watch-roster.ts'
import { watchRoster } from './roster/watch-roster.ts'
import type { EndStaffServices } from './staff/end-staff.ts'
import { endDueStaff } from './staff/end-staff.ts'

export interface KeepWatchServices extends WatchRosterServices, EndStaffServices {
  /** The counties served. */
  readonly counties: () => Promise<readonly string[]>
  readonly log: { warn(details: object, message: string): void }
}

/** How often rosters and planned ends are looked at. Milliseconds of real time. */
const LOOK_MS = 30_000

/**
 * Keeps looking for unmanned shifts and for people whose planned end has come, as long as the process lives.
 *
 * Several workers may do so at once: what one has announced the others find announced.
 *
 * @returns stops it and waits for the look under way
 */
export function keepWatch(services: KeepWatchServices): () => Promise<void> {
  const { counties, log } = services
  const look = async (): Promise<void> => {
    for (const county of await counties()) {
      await endDueStaff(services, county)
      await watchRoster(services, county)
    }
  }
  return keepDoing(look, LOOK_MS, (error) => log.warn({ err: error }, 'rosters could not be looked at; trying again'))
}
