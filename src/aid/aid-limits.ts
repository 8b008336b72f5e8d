import type { Policy, Rule } from '../policy/index.ts'
import { directCashCapFen, quickCapFen, ruleOf, townshipCapFen } from '../policy/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { OrderKind, Tier } from './decision.ts'

/** What may be given for one emergency, and by which rules. Fen. */
export interface AidLimits {
  /** In all, together with what was given before. */
  readonly limitFen: number
  /** Of that in cash. */
  readonly cashFen: number
  readonly rules: readonly Rule[]
}

/**
 * The limits of a tier: a township may give the smaller of quick aid's top tier and its own limit; the county up to so many months per person.
 *
 * Sources: N19 for quick aid; the county's own values for the rest.
 *
 * @param persons - persons in need
 */
export function aidLimits(policy: Policy, tier: Tier, persons: number): AidLimits {
  const quickFen = quickCapFen(policy, persons)
  const cashFen = directCashCapFen(policy)
  const common = [
    ruleOf(policy, 'base_standard_fen'),
    ruleOf(policy, 'quick.cap_months'),
    ruleOf(policy, 'direct_cash_cap_fen'),
  ]
  if (tier === 'township')
    return {
      limitFen: Math.min(quickFen, townshipCapFen(policy)),
      cashFen,
      rules: [...common, ruleOf(policy, 'quick.basis'), ruleOf(policy, 'township_cap')],
    }
  const months = policy.value('urgent.max_months_per_person')
  const limitFen = Math.max(quickFen, months * persons * policy.value('base_standard_fen'))
  return { limitFen, cashFen, rules: [...common, ruleOf(policy, 'urgent.max_months_per_person')] }
}

/** What counts towards a limit. */
interface Counted {
  readonly kind: OrderKind
  readonly amountFen: number
}

/**
 * Refuses what goes beyond a limit, together with what was given before for the same emergency: nobody can split it.
 *
 * @throws DomainError `decision.over_limit` or `decision.over_cash_limit`, with limit, used and wanted in fen and the tier that could
 */
export function refuseOverLimit(
  tier: Tier,
  limits: AidLimits,
  before: readonly Counted[],
  wanted: readonly Counted[],
): void {
  const usedFen = sumOf(before)
  const wantedFen = sumOf(wanted)
  if (usedFen + wantedFen > limits.limitFen)
    throw new DomainError('decision.over_limit', 'Together with earlier aid this is above the limit', {
      limitFen: limits.limitFen,
      usedFen,
      wantedFen,
      next: tier === 'township' ? 'county' : 'conference',
    })
  const cash = (lines: readonly Counted[]): number => sumOf(lines.filter(({ kind }) => kind === 'CASH'))
  if (cash(before) + cash(wanted) > limits.cashFen)
    throw new DomainError('decision.over_cash_limit', 'Above this sum aid is paid by bank transfer', {
      limitFen: limits.cashFen,
      usedFen: cash(before),
      wantedFen: cash(wanted),
    })
}

/** The sum of lines. Fen. */
export function sumOf(lines: readonly Counted[]): number {
  return lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
}
