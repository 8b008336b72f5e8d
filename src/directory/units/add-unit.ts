import type { InTransaction } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import { isOver } from '../validity.ts'
import type { NewUnit, Unit, UnitKind } from './unit.ts'
import { divisionOf, isUnitId, mayStandUnder } from './unit.ts'
import { unitAdded } from './unit-events.ts'
import { unitPermissions } from './unit-permissions.ts'
import type { UnitStore } from './unit-store.ts'
import type { UnitView } from './unit-view.ts'
import { unitView } from './unit-view.ts'

export interface AddUnitServices {
  readonly units: UnitStore
  readonly inTransaction: InTransaction
}

/**
 * Enters a unit into the actor's county.
 *
 * @throws DomainError `unit.forbidden`, `unit.id_form`, `unit.exists`, `unit.parent`
 */
export async function addUnit(services: AddUnitServices, input: NewUnit, by: By): Promise<UnitView> {
  const { county } = by.actor
  const unit: Unit = { ...input, ...divisionOf(input._id, input.kind), county, version: 1 }
  if (!may(unitPermissions, by.actor, 'unit.edit', unit)) throw forbiddenUnit()
  if (!isUnitId(unit._id, unit.kind, county))
    throw new DomainError('unit.id_form', `${unit._id} is no id of a ${unit.kind}`, { id: unit._id, kind: unit.kind })

  const added = await services.inTransaction(by, async (tx) => {
    if (await services.units.find(county, unit._id, tx))
      throw new DomainError('unit.exists', `Unit ${unit._id} exists`, { id: unit._id })
    const parent = unit.parent === undefined ? undefined : await services.units.find(county, unit.parent, tx)
    checkParent(unit, parent, tx.at)
    await services.units.insert(unit, tx)
    tx.announce(unitAdded(unit))
    return unitView(unit)
  })
  services.units.forget(county)
  return added
}

/** @throws DomainError `unit.parent` when it may not stand there, or what is above has ended */
export function checkParent(
  { kind, parent: wanted }: { kind: UnitKind; parent?: string },
  parent: Unit | undefined,
  at: Date,
): void {
  const isThere = wanted === undefined || (parent !== undefined && !isOver(parent, at))
  if (!isThere || !mayStandUnder(kind, parent?.kind))
    throw new DomainError('unit.parent', `A ${kind} cannot stand under ${wanted ?? 'nothing'}`, { kind })
}

export function forbiddenUnit(): DomainError {
  return new DomainError('unit.forbidden', 'Only an administrator of the county keeps its units')
}
