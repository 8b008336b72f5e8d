import { inOrder } from './calendar-table.ts'
import { publishedHolidays } from './published-holidays.ts'
import type { Policy, ValueIndex } from './policy.ts'
import { indexValues, policyFrom } from './policy.ts'
import type { PolicyStore } from './policy-store.ts'
import { countyOf, scopesOf } from './scope.ts'
import type { WorkingCalendar } from './working-calendar.ts'
import { workingCalendar } from './working-calendar.ts'

/** Where and when a policy is asked for. */
export interface PolicyQuestion {
  /** Unit id: township, county, department; a village counts as its township. */
  readonly scope: string
  readonly at: Date
}

/** Parameters in force, from memory. */
export interface Policies {
  /** At most two seconds behind the database. @throws RangeError for a scope without a division code */
  at(question: PolicyQuestion): Promise<Policy>
  /** Townships of a county that have values of their own. */
  townshipsWithValues(county: string): Promise<readonly string[]>
}

/** Working calendars, from memory. */
export interface Calendars {
  /** The calendar of the county a unit belongs to. */
  of(unit: string): Promise<WorkingCalendar>
}

interface Snapshot {
  readonly version: string
  readonly values: ValueIndex
  readonly calendar: WorkingCalendar
  readonly townships: readonly string[]
}

interface Kept {
  snapshot: Promise<Snapshot>
  /** On the process's own monotonic clock: freshness has nothing to do with the product's time. Milliseconds. */
  checkedAt: number
}

/** How long a snapshot is believed without asking the database whether something changed. Milliseconds. */
const BELIEVED_MS = 1_500

/**
 * Keeps one snapshot per county: the intake path asks 200 times a second, the database is asked once in a while for a version number.
 */
export function createPolicies(store: PolicyStore): { policies: Policies; calendar: Calendars } {
  const published = publishedHolidays()
  const kept = new Map<string, Kept>()

  const load = async (owners: readonly string[], version: string): Promise<Snapshot> => {
    const { values, tables } = await store.read(owners)
    const calendar = workingCalendar([...published, ...inOrder(tables, owners)])
    const scopes = new Set(values.map(({ scope }) => scope))
    const townships = [...scopes].filter((scope) => scope.length === 9).sort()
    return { version, values: indexValues(values), calendar, townships }
  }

  /** The version is read before the values: a change in between only makes the next check load once more. */
  const refresh = async (owners: readonly string[], before: Promise<Snapshot> | undefined): Promise<Snapshot> => {
    const version = await store.versionOf(owners)
    const known = await before?.catch(() => undefined)
    return known?.version === version ? known : load(owners, version)
  }

  const snapshotOf = (unit: string): Promise<Snapshot> => {
    const county = countyOf(unit)
    const found = kept.get(county)
    if (found && performance.now() - found.checkedAt < BELIEVED_MS) return found.snapshot
    const snapshot = refresh(scopesOf(county), found?.snapshot)
    kept.set(county, { snapshot, checkedAt: performance.now() })
    snapshot.catch(() => kept.delete(county))
    return snapshot
  }

  return {
    policies: {
      at: async ({ scope, at }) => {
        const { values, calendar } = await snapshotOf(scope)
        return policyFrom(values, calendar, scope, at)
      },
      townshipsWithValues: async (county) => (await snapshotOf(county)).townships,
    },
    calendar: { of: async (unit) => (await snapshotOf(unit)).calendar },
  }
}

/** The parameters in force in a place at a moment. */
export async function policyAt(services: { readonly policies: Policies }, question: PolicyQuestion): Promise<Policy> {
  return services.policies.at(question)
}
