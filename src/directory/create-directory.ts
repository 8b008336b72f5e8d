import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Clock } from '../shared/clock.ts'
import { divisionModels } from './divisions/division-model.ts'
import type { DivisionStore } from './divisions/division-store.ts'
import { createDivisionStore } from './divisions/division-store.ts'
import { hotlineModel } from './hotlines/hotline-model.ts'
import type { HotlineStore } from './hotlines/hotline-store.ts'
import { createHotlineStore } from './hotlines/hotline-store.ts'
import { rosterModels } from './roster/roster-model.ts'
import type { RosterStore } from './roster/roster-store.ts'
import { createRosterStore } from './roster/roster-store.ts'
import type { LockOut } from './sign-in/lock-out.ts'
import { createLockOut } from './sign-in/lock-out.ts'
import { resetModel } from './sign-in/reset-model.ts'
import type { ResetStore } from './sign-in/reset-store.ts'
import { createResetStore } from './sign-in/reset-store.ts'
import { tokenModel } from './sign-in/token-model.ts'
import type { TokenStore } from './sign-in/token-store.ts'
import { createTokenStore } from './sign-in/token-store.ts'
import { staffModels } from './staff/staff-model.ts'
import type { StaffStore } from './staff/staff-store.ts'
import { createStaffStore } from './staff/staff-store.ts'
import { unitModel } from './units/unit-model.ts'
import type { UnitStore } from './units/unit-store.ts'
import { createUnitStore } from './units/unit-store.ts'
import { windowModel } from './windows/window-model.ts'
import type { WindowStore } from './windows/window-store.ts'
import { createWindowStore } from './windows/window-store.ts'

/** The stores of units, people and rosters, as they stand among the services. */
export interface Directory {
  readonly divisions: DivisionStore
  readonly units: UnitStore
  readonly windows: WindowStore
  readonly hotlines: HotlineStore
  readonly staff: StaffStore
  readonly roster: RosterStore
  readonly tokens: TokenStore
  readonly resets: ResetStore
  readonly lockOut: LockOut
}

export interface DirectoryNeeds {
  readonly connection: Connection
  readonly redis: Redis
  readonly clock: Clock
}

/** Makes the directory's stores on a connection. */
export function createDirectory({ connection, redis, clock }: DirectoryNeeds): Directory {
  const units = createUnitStore(connection)
  const staff = createStaffStore(connection)
  return {
    divisions: createDivisionStore(connection),
    units,
    windows: createWindowStore(connection),
    hotlines: createHotlineStore(connection),
    staff,
    roster: createRosterStore({ connection, units, staff, clock }),
    tokens: createTokenStore(connection),
    resets: createResetStore(connection),
    lockOut: createLockOut(redis, clock),
  }
}

/** Registers the directory's collections on a connection; called before `migrate`. */
export function directoryModels(connection: Connection): void {
  divisionModels(connection)
  unitModel(connection)
  windowModel(connection)
  hotlineModel(connection)
  staffModels(connection)
  rosterModels(connection)
  tokenModel(connection)
  resetModel(connection)
}
