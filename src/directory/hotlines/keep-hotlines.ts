import type { InTransaction, Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { may } from '../../shared/permissions.ts'
import { unitPermissions } from '../units/unit-permissions.ts'
import type { UnitStore } from '../units/unit-store.ts'
import { isOver } from '../validity.ts'
import { staleVersion } from '../versions.ts'
import type { Hotline } from './hotline.ts'
import { hotlineFact } from './hotline-events.ts'
import type { HotlineStore } from './hotline-store.ts'
import type { HotlineView } from './hotline-view.ts'
import { hotlineView } from './hotline-view.ts'

export interface HotlineServices {
  readonly hotlines: HotlineStore
  readonly units: UnitStore
  readonly inTransaction: InTransaction
}

/** What can be said about a hotline. */
export type HotlineFields = Pick<Hotline, 'number' | 'name' | 'level' | 'unit' | 'hours' | 'language'>

/**
 * Opens a hotline from now on.
 *
 * @throws DomainError `hotline.forbidden`, `hotline.unit`, `hotline.number_taken`
 */
export async function addHotline(services: HotlineServices, input: HotlineFields, by: By): Promise<HotlineView> {
  const { hotlines, inTransaction } = services
  const { county } = by.actor
  refuse(by)
  const id = newId()
  const added = await inTransaction(by, async (tx) => {
    const line: Hotline = { _id: id, county, ...input, holder: 'open', validFrom: tx.at, version: 1 }
    await check(services, tx, line)
    await hotlines.insert(line, tx)
    tx.announce(hotlineFact('hotline.added', id, { unit: line.unit, level: line.level }))
    return hotlineView(line)
  })
  hotlines.forget()
  return added
}

/**
 * Changes number, name, level, unit, hours or language of a line.
 *
 * @throws DomainError as `addHotline`; `hotline.not_found`, `hotline.over`, `version.stale`
 */
export async function editHotline(
  services: HotlineServices,
  input: { readonly id: string; readonly version: number; readonly change: HotlineFields },
  by: By,
): Promise<HotlineView> {
  return changeLine(services, input, by, async (found, tx) => {
    const line = { ...found, ...input.change, version: found.version + 1 }
    await check(services, tx, line)
    const names = ['number', 'name', 'level', 'unit', 'language'] as const
    const fields = [...names.filter((name) => found[name] !== line[name]), 'hours']
    return { line, fact: hotlineFact('hotline.changed', line._id, { unit: line.unit, fields }) }
  })
}

/**
 * Closes a line now; its number may be given to another.
 *
 * @throws DomainError `hotline.forbidden`, `hotline.not_found`, `hotline.over`, `version.stale`
 */
export async function endHotline(
  services: HotlineServices,
  input: { readonly id: string; readonly version: number },
  by: By,
): Promise<HotlineView> {
  return changeLine(services, input, by, (found, tx) =>
    Promise.resolve({
      line: { ...found, holder: found._id, validTo: tx.at, version: found.version + 1 },
      fact: hotlineFact('hotline.ended', found._id, { unit: found.unit }),
    }),
  )
}

type Change = (found: Hotline, tx: Tx) => Promise<{ line: Hotline; fact: ReturnType<typeof hotlineFact> }>

async function changeLine(
  { hotlines, inTransaction }: HotlineServices,
  input: { readonly id: string; readonly version: number },
  by: By,
  change: Change,
): Promise<HotlineView> {
  refuse(by)
  const changed = await inTransaction(by, async (tx) => {
    const found = await hotlines.find(by.actor.county, input.id, tx)
    if (!found) throw new DomainError('hotline.not_found', `No hotline ${input.id}`)
    if (isOver(found, tx.at)) throw new DomainError('hotline.over', 'This line is closed')
    const { line, fact } = await change(found, tx)
    if (!(await hotlines.replace(line, input.version, tx))) throw staleVersion(hotlineView(found), input.version)
    tx.announce(fact)
    return hotlineView(line)
  })
  hotlines.forget()
  return changed
}

async function check({ hotlines, units }: HotlineServices, tx: Tx, line: Hotline): Promise<void> {
  const unit = await units.find(line.county, line.unit, tx)
  if (!unit || isOver(unit, tx.at)) throw new DomainError('hotline.unit', `No open unit ${line.unit}`)
  if (await hotlines.isNumberTaken(line.number, line._id, tx))
    throw new DomainError('hotline.number_taken', 'Another line has this number')
}

function refuse({ actor }: By): void {
  if (!may(unitPermissions, actor, 'hotline.edit', { county: actor.county }))
    throw new DomainError('hotline.forbidden', 'Only an administrator of the county keeps its lines')
}
