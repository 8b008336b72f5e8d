import type { Fen } from '../shared/fen.ts'
import { fen } from '../shared/fen.ts'
import type { Cap } from './parameters/index.ts'
import type { Policy } from './policy.ts'

/** A limit in whole fen. @param baseStandardFen - one month's local standard, for limits given in months */
export function capFen(cap: Cap, baseStandardFen: number): Fen {
  return fen('fen' in cap ? cap.fen : cap.months * baseStandardFen)
}

/** What a township may decide by itself, per case and emergency, cumulative. @throws DomainError `policy.missing` */
export function townshipCapFen(policy: Policy): Fen {
  return capFen(policy.value('township_cap'), policy.value('base_standard_fen'))
}

/**
 * What a village may give by itself: nothing where village aid is off.
 *
 * @throws DomainError `policy.missing` when it is on without a limit
 */
export function villageCapFen(policy: Policy): Fen {
  return fen(policy.value('village.enabled') ? policy.value('village_cap_fen') : 0)
}

/**
 * Top tier of quick aid: so many months of the base standard, per person or per household. Source: N19.
 *
 * @param persons - persons in need, 1 or more
 */
export function quickCapFen(policy: Policy, persons: number): Fen {
  const heads = policy.value('quick.basis') === 'PER_PERSON' ? persons : 1
  return fen(policy.value('base_standard_fen') * policy.value('quick.cap_months') * heads)
}

/** Most that may be handed over in cash; above it by bank transfer. Source: 云南 2023. */
export function directCashCapFen(policy: Policy): Fen {
  return fen(policy.value('direct_cash_cap_fen'))
}

/** Below this free balance a reserve fund is low. Rounded up, so that the warning never comes too late. */
export function lowWaterFen(policy: Policy): Fen {
  const perMille = Math.round(policy.value('imprest.low_water') * 1000)
  return fen(Math.ceil((policy.value('imprest.float_fen') * perMille) / 1000))
}
