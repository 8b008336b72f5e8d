import { isOver } from '../validity.ts'
import type { Unit, UnitKind } from './unit.ts'

/** The units of a county in memory, for names and for walking up and down. */
export interface UnitBook {
  readonly all: readonly Unit[]
  get(id: string): Unit | undefined
  /** Short name, or the id itself when the unit is not known. */
  nameOf(id: string): string
  /** Units of a kind that have not ended. */
  ofKind(kind: UnitKind, at: Date): readonly Unit[]
  /** The unit, the one above it and so on up to the county. */
  pathUp(id: string): readonly Unit[]
}

/** Longest way up. A circle in the data must not become an endless walk. */
const MAX_LEVELS = 8

export function createUnitBook(units: readonly Unit[]): UnitBook {
  const byId = new Map(units.map((unit) => [unit._id, unit]))
  return {
    all: units,
    get: (id) => byId.get(id),
    nameOf: (id) => byId.get(id)?.shortName ?? id,
    ofKind: (kind, at) => units.filter((unit) => unit.kind === kind && !isOver(unit, at)),
    pathUp(id) {
      const path: Unit[] = []
      for (let unit = byId.get(id); unit && path.length < MAX_LEVELS; unit = byId.get(unit.parent ?? ''))
        path.push(unit)
      return path
    },
  }
}
