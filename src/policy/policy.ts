import { DomainError } from '../shared/errors.ts'
import { chinaDay } from '../shared/china-day.ts'
import type { Lock, ParameterKey, ParameterUnit, ParameterValue } from './parameters/index.ts'
import { PARAMETER_KEYS } from './parameters/index.ts'
import type { PolicyValue } from './policy-value.ts'
import { isInForce, staysWithin } from './policy-value.ts'
import { scopesOf } from './scope.ts'
import type { Source } from './source.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/** A parameter as it holds in one place at one moment, with where it comes from. Plain JSON: a decision can store it. */
export interface InForce<Key extends ParameterKey = ParameterKey> {
  readonly key: Key
  readonly value: ParameterValue<Key>
  readonly unit: ParameterUnit
  /** The scope that set it. */
  readonly scope: string
  readonly validFrom: string
  readonly source: Source
  /** How it binds narrower scopes. */
  readonly lock?: Lock
}

/** Everything in force in one place at one moment. */
export interface Policy {
  /** The unit asked for. */
  readonly scope: string
  readonly at: Date
  /** The working days of the county. */
  readonly calendar: WorkingCalendar
  /** @throws DomainError `policy.missing` when neither the county nor anybody above it set a value */
  get<Key extends ParameterKey>(key: Key): InForce<Key>
  /** The same as `get(key).value`. */
  value<Key extends ParameterKey>(key: Key): ParameterValue<Key>
  find<Key extends ParameterKey>(key: Key): InForce<Key> | undefined
  /** All that is in force, in the catalogue's order. */
  all(): readonly InForce[]
}

/** Values of a county and everything above it, by scope and key. */
export type ValueIndex = ReadonlyMap<string, readonly PolicyValue[]>

/** Puts values where `policyFrom` finds them; the newest first. */
export function indexValues(values: readonly PolicyValue[]): ValueIndex {
  const index = new Map<string, PolicyValue[]>()
  for (const value of [...values].sort(newestFirst)) {
    const place = placeOf(value.scope, value.key)
    index.set(place, [...(index.get(place) ?? []), value])
  }
  return index
}

/**
 * Reads the values of a place at a moment: the narrowest scope wins, unless a wider one is locked and it would pass it.
 *
 * @param unit - division code or department; a village counts as its township
 */
export function policyFrom(index: ValueIndex, calendar: WorkingCalendar, unit: string, at: Date): Policy {
  const scopes = scopesOf(unit)
  const day = chinaDay(at)
  const find = <Key extends ParameterKey>(key: Key): InForce<Key> | undefined => {
    const winner = winnerOf(scopes, (scope) => index.get(placeOf(scope, key))?.find((value) => isInForce(value, day)))
    return winner && (shown(winner) as InForce<Key>)
  }
  const get = <Key extends ParameterKey>(key: Key): InForce<Key> => {
    const found = find(key)
    if (!found) throw new DomainError('policy.missing', `${key} is not set for ${unit}`, { key, scope: unit })
    return found
  }
  return {
    scope: unit,
    at,
    calendar,
    find,
    get,
    value: (key) => get(key).value,
    all: () => PARAMETER_KEYS.flatMap((key) => find(key) ?? []),
  }
}

/** From wide to narrow: each narrower value replaces the wider one, if it may. */
function winnerOf(
  scopes: readonly string[],
  valueIn: (scope: string) => PolicyValue | undefined,
): PolicyValue | undefined {
  let winner: PolicyValue | undefined
  const locked: PolicyValue[] = []
  for (const scope of scopes) {
    const value = valueIn(scope)
    if (!value || !locked.every((wider) => staysWithin(value.value, wider))) continue
    winner = value
    if (value.lock) locked.push(value)
  }
  return winner
}

function shown({ key, value, unit, scope, validFrom, source, lock }: PolicyValue): InForce {
  return { key, value, unit, scope, validFrom, source, ...(lock ? { lock } : {}) } as InForce
}

/** Of two values for the same place and day, the later one holds; a correction for the same day replaces the earlier. */
function newestFirst(a: PolicyValue, b: PolicyValue): number {
  if (a.validFrom !== b.validFrom) return a.validFrom < b.validFrom ? 1 : -1
  return b.recordedAt.getTime() - a.recordedAt.getTime() || (a._id < b._id ? 1 : -1)
}

function placeOf(scope: string, key: string): string {
  return `${scope}/${key}`
}
