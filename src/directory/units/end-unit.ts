import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import { isOver } from '../validity.ts'
import { staleVersion } from '../versions.ts'
import type { AddUnitServices } from './add-unit.ts'
import { forbiddenUnit } from './add-unit.ts'
import { unitEnded } from './unit-events.ts'
import { unitPermissions } from './unit-permissions.ts'
import type { UnitView } from './unit-view.ts'
import { unitView } from './unit-view.ts'

export interface EndUnitServices extends AddUnitServices {
  readonly staff: StaffStore
}

/**
 * Ends a unit now. Its people and the units below it have to be moved first, so that nothing is left without an owner.
 *
 * @throws DomainError `unit.forbidden`, `unit.not_found`, `unit.over`, `unit.in_use`, `version.stale`
 */
export async function endUnit(
  services: EndUnitServices,
  input: { readonly id: string; readonly version: number },
  by: By,
): Promise<UnitView> {
  const { units, staff, inTransaction } = services
  const { county } = by.actor
  if (!may(unitPermissions, by.actor, 'unit.edit', { county })) throw forbiddenUnit()

  const ended = await inTransaction(by, async (tx) => {
    const found = await units.find(county, input.id, tx)
    if (!found) throw new DomainError('unit.not_found', `No unit ${input.id}`)
    if (isOver(found, tx.at)) throw new DomainError('unit.over', `Unit ${input.id} has ended`)
    if ((await units.hasOpenChildren(county, input.id, tx)) || (await staff.worksIn(county, input.id, tx)))
      throw new DomainError('unit.in_use', `Unit ${input.id} still has people or units below it`)
    const unit = { ...found, validTo: tx.at, version: found.version + 1 }
    if (!(await units.replace(unit, input.version, tx))) throw staleVersion(unitView(found), input.version)
    tx.announce(unitEnded(unit))
    return unitView(unit)
  })
  units.forget(county)
  return ended
}
