import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import { defined } from '../defined.ts'
import { isOver } from '../validity.ts'
import { staleVersion } from '../versions.ts'
import type { AddUnitServices } from './add-unit.ts'
import { checkParent, forbiddenUnit } from './add-unit.ts'
import type { Unit } from './unit.ts'
import { unitChanged } from './unit-events.ts'
import { unitPermissions } from './unit-permissions.ts'
import type { UnitView } from './unit-view.ts'
import { unitView } from './unit-view.ts'

/** What can be changed of a unit. Id, kind and county stay for ever. */
export type UnitChange = Pick<Unit, 'name' | 'shortName'> & Partial<Pick<Unit, 'parent' | 'phone'>>

const FIELDS = ['name', 'shortName', 'parent', 'phone'] as const

/**
 * Changes a unit's name, place in the tree or duty phone.
 *
 * @param version - the version the change was made against
 * @throws DomainError `unit.forbidden`, `unit.not_found`, `unit.over`, `unit.parent`, `version.stale`
 */
export async function editUnit(
  services: AddUnitServices,
  input: { readonly id: string; readonly version: number; readonly change: UnitChange },
  by: By,
): Promise<UnitView> {
  const { units, inTransaction } = services
  const { county } = by.actor
  if (!may(unitPermissions, by.actor, 'unit.edit', { county })) throw forbiddenUnit()

  const edited = await inTransaction(by, async (tx) => {
    const found = await units.find(county, input.id, tx)
    if (!found) throw new DomainError('unit.not_found', `No unit ${input.id}`)
    if (isOver(found, tx.at)) throw new DomainError('unit.over', `Unit ${input.id} has ended`)
    const unit = changed(found, input.change)
    const parent = unit.parent === undefined ? undefined : await units.find(county, unit.parent, tx)
    checkParent(unit, parent, tx.at)
    if (!(await units.replace(unit, input.version, tx))) throw staleVersion(unitView(found), input.version)
    tx.announce(
      unitChanged(
        unit,
        FIELDS.filter((field) => found[field] !== unit[field]),
      ),
    )
    return unitView(unit)
  })
  units.forget(county)
  return edited
}

/** The fields that can be changed are taken as given: what is left out is taken away. */
function changed(found: Unit, change: UnitChange): Unit {
  const { _id, county, kind, divisionCode, validFrom, validTo, version } = found
  return { ...defined({ _id, county, kind, divisionCode, validFrom, validTo, version: version + 1 }), ...change }
}
