import type { Fact } from '../../journal/index.ts'
import type { Unit } from './unit.ts'

/** Stream of a unit's own record. */
export function unitStream(id: string): string {
  return `unit:${id}`
}

/** A unit was entered into the register. */
export function unitAdded({ _id, kind, parent }: Unit): Fact {
  return { stream: unitStream(_id), type: 'unit.added', data: { unit: _id, kind, parent }, isFirst: true }
}

/** @param fields - which fields were changed; their values stand in the record */
export function unitChanged({ _id, version }: Unit, fields: readonly string[]): Fact {
  return { stream: unitStream(_id), type: 'unit.changed', data: { unit: _id, version, fields } }
}

/** A unit ended; nothing new may be given to it. */
export function unitEnded({ _id, validTo }: Unit): Fact {
  return { stream: unitStream(_id), type: 'unit.ended', data: { unit: _id, endsAt: validTo?.toISOString() } }
}
