import type { Fact, InTransaction, Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { may } from '../../shared/permissions.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import { unitPermissions } from '../units/unit-permissions.ts'
import type { UnitStore } from '../units/unit-store.ts'
import { isOver } from '../validity.ts'
import { staleVersion } from '../versions.ts'
import type { Window } from './window.ts'
import type { WindowStore } from './window-store.ts'
import type { WindowView } from './window-view.ts'
import { windowView } from './window-view.ts'

export interface WindowServices {
  readonly windows: WindowStore
  readonly units: UnitStore
  readonly staff: StaffStore
  readonly inTransaction: InTransaction
}

/** What can be said about a window. */
export type WindowFields = Pick<Window, 'unit' | 'name' | 'place' | 'hours'> &
  Partial<Pick<Window, 'holderId' | 'phone'>>

/**
 * Opens a window from now on.
 *
 * @throws DomainError `window.forbidden`, `window.unit`, `window.holder`
 */
export async function addWindow(services: WindowServices, input: WindowFields, by: By): Promise<WindowView> {
  refuse(by)
  const id = newId()
  return services.inTransaction(by, async (tx) => {
    const window: Window = { _id: id, county: by.actor.county, ...input, validFrom: tx.at, version: 1 }
    await check(services, tx, window)
    await services.windows.insert(window, tx)
    tx.announce(windowFact('window.added', window))
    return windowView(window)
  })
}

/**
 * Changes what is said about a window. What is left out is taken away.
 *
 * @throws DomainError as `addWindow`; `window.not_found`, `window.over`, `version.stale`
 */
export async function editWindow(
  services: WindowServices,
  input: { readonly id: string; readonly version: number; readonly change: WindowFields },
  by: By,
): Promise<WindowView> {
  return change(services, input, by, async (found, tx) => {
    const { _id, county, validFrom, version } = found
    const window: Window = { _id, county, validFrom, version: version + 1, ...input.change }
    await check(services, tx, window)
    return { window, fact: windowFact('window.changed', window) }
  })
}

/**
 * Closes a window for good, now.
 *
 * @throws DomainError `window.forbidden`, `window.not_found`, `window.over`, `version.stale`
 */
export async function endWindow(
  services: WindowServices,
  input: { readonly id: string; readonly version: number },
  by: By,
): Promise<WindowView> {
  return change(services, input, by, (found, tx) => {
    const window = { ...found, validTo: tx.at, version: found.version + 1 }
    return Promise.resolve({ window, fact: windowFact('window.ended', window) })
  })
}

async function change(
  { windows, inTransaction }: WindowServices,
  input: { readonly id: string; readonly version: number },
  by: By,
  make: (found: Window, tx: Tx) => Promise<{ window: Window; fact: Fact }>,
): Promise<WindowView> {
  refuse(by)
  return inTransaction(by, async (tx) => {
    const found = await windows.find(by.actor.county, input.id, tx)
    if (!found) throw new DomainError('window.not_found', `No window ${input.id}`)
    if (isOver(found, tx.at)) throw new DomainError('window.over', 'This window is closed for good')
    const { window, fact } = await make(found, tx)
    if (!(await windows.replace(window, input.version, tx))) throw staleVersion(windowView(found), input.version)
    tx.announce(fact)
    return windowView(window)
  })
}

async function check({ units, staff }: WindowServices, tx: Tx, window: Window): Promise<void> {
  const unit = await units.find(window.county, window.unit, tx)
  if (!unit || isOver(unit, tx.at)) throw new DomainError('window.unit', `No open unit ${window.unit}`)
  if (window.holderId === undefined) return
  const holder = await staff.find(window.county, window.holderId, tx)
  if (!holder || isOver(holder, tx.at)) throw new DomainError('window.holder', 'No such member of the staff')
}

function windowFact(type: 'window.added' | 'window.changed' | 'window.ended', { _id, unit }: Window): Fact {
  return { stream: `window:${_id}`, type, data: { window: _id, unit }, isFirst: type === 'window.added' }
}

function refuse({ actor }: By): void {
  if (!may(unitPermissions, actor, 'window.edit', { county: actor.county }))
    throw new DomainError('window.forbidden', 'Only an administrator of the county keeps its windows')
}
