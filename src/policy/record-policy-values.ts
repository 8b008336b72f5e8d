import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import { may } from '../shared/permissions.ts'
import { isParameterKey, parameterOf } from './parameters/index.ts'
import { policyRecorded } from './policy-events.ts'
import { POLICY_PERMISSIONS } from './policy-permissions.ts'
import type { PolicyStore } from './policy-store.ts'
import type { NewPolicyValue, PolicyValue } from './policy-value.ts'
import { isInForce, staysWithin } from './policy-value.ts'
import { ownerOf, scopesOf } from './scope.ts'

export interface RecordPolicyValuesServices {
  readonly policyStore: PolicyStore
  readonly inTransaction: InTransaction
}

export interface RecordOptions {
  /** Refuse what the scope has set before: changing a value takes a second person's approval. */
  readonly onlyFirst?: boolean
}

/** Most values of one document recorded at once. */
const MOST_VALUES = 200

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/**
 * Records values of parameters, all of one scope or none.
 *
 * Nothing is changed or removed: from a value's first day on it takes the place of the one before. Cases keep the rule they were decided under.
 *
 * @returns how many were recorded
 * @throws DomainError `policy.forbidden`, `policy.unknown_key`, `policy.bad_value`, `policy.bad_day`, `policy.locked`,
 *   `policy.mixed_scopes`, `policy.needs_approval`
 */
export async function recordPolicyValues(
  services: RecordPolicyValuesServices,
  values: readonly NewPolicyValue[],
  by: By,
  { onlyFirst = false }: RecordOptions = {},
): Promise<{ recorded: number }> {
  const { policyStore, inTransaction } = services
  const [scope] = values.map((value) => value.scope)
  if (scope === undefined) return { recorded: 0 }
  if (values.some((value) => value.scope !== scope) || values.length > MOST_VALUES)
    throw new DomainError('policy.mixed_scopes', `At most ${MOST_VALUES} values of one scope at a time`)
  refuseUnlessOwn(by, scope)
  values.forEach(refuseBadValue)

  return inTransaction(by, async (tx) => {
    const known = await policyStore.read([...new Set(scopesOf(scope).map(ownerOf))], tx.session)
    values.forEach((value) => refuseBeyondLock(value, known.values))
    if (onlyFirst) values.forEach((value) => refuseSetBefore(value, known.values))
    const recorded = values.map((value): PolicyValue => ({
      ...value,
      _id: newId(),
      county: ownerOf(scope),
      unit: parameterOf(value.key).unit,
      recordedAt: tx.at,
      recordedBy: by.actor.staffId,
    }))
    await policyStore.add(recorded, tx.session)
    tx.announce(policyRecorded(scope, recorded))
    return { recorded: recorded.length }
  })
}

/** Staff record for their own county; wider scopes come with set-up and imports. */
function refuseUnlessOwn({ actor }: By, scope: string): void {
  if (actor.kind === 'system') return
  const county = ownerOf(scope)
  if (!may(POLICY_PERMISSIONS, actor, 'policy.record', { county }))
    throw new DomainError('policy.forbidden', `${actor.account} may not set parameters of ${scope}`, { scope })
}

function refuseBadValue({ key, value, validFrom, validTo }: NewPolicyValue): void {
  if (!isParameterKey(key)) throw new DomainError('policy.unknown_key', `No parameter ${String(key)}`, { key })
  if (!parameterOf(key).schema.safeParse(value).success)
    throw new DomainError('policy.bad_value', `Not a value of ${key}`, { key })
  const isRightDay = DAY.test(validFrom) && (validTo === undefined || (DAY.test(validTo) && validTo > validFrom))
  if (!isRightDay) throw new DomainError('policy.bad_day', `Not a period of ${key}`, { key, validFrom })
}

/** A narrower value may not pass a locked wider one that holds on its first day. */
function refuseBeyondLock(value: NewPolicyValue, known: readonly PolicyValue[]): void {
  const wider = scopesOf(value.scope).slice(0, -1)
  const lock = known.find(
    (candidate) =>
      candidate.key === value.key &&
      wider.includes(candidate.scope) &&
      isInForce(candidate, value.validFrom) &&
      !staysWithin(value.value, candidate),
  )
  if (lock)
    throw new DomainError('policy.locked', `${value.key} is bound by ${lock.scope}`, {
      key: value.key,
      scope: lock.scope,
      source: lock.source.title,
    })
}

function refuseSetBefore({ scope, key }: NewPolicyValue, known: readonly PolicyValue[]): void {
  if (known.some((value) => value.scope === scope && value.key === key))
    throw new DomainError('policy.needs_approval', `${key} was set before in ${scope}`, { key, scope })
}
