import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundHead, FundId } from '../fund.ts'
import type { ClosePeriodServices } from './close-period.ts'
import { closePeriod } from './close-period.ts'
import { nextToClose } from './months.ts'

/** What became of one fund when a county closed a month. */
export interface CloseOutcome {
  readonly fundId: FundId
  readonly outcome: 'closed' | 'closed_before' | 'refused'
  /** Why not. */
  readonly code?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * Closes a month in every fund of a county that has it open; a fund that cannot be closed says why and holds up no other.
 *
 * Earlier months still open are closed first, one after another.
 *
 * @param input.period - `2026-11`
 * @throws DomainError `fund.forbidden` when the person may close none of them
 */
export async function closeMonth(
  services: ClosePeriodServices,
  { period }: { readonly period: string },
  by: By,
): Promise<readonly CloseOutcome[]> {
  const heads = await services.ledger.headsOf(by.actor.county)
  const outcomes: CloseOutcome[] = []
  for (const head of heads) outcomes.push(await closeFund(services, head, period, by))
  return outcomes
}

async function closeFund(services: ClosePeriodServices, head: FundHead, period: string, by: By): Promise<CloseOutcome> {
  const { fundId } = head
  let now: FundHead | null = head
  if (nextToClose(head) > period) return { fundId, outcome: 'closed_before' }
  while (now && nextToClose(now) <= period) {
    const month = nextToClose(now)
    try {
      await closePeriod(services, { fundId, period: month }, { ...by, key: `${by.key}/${fundId}/${month}` })
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'fund.forbidden') throw error
      return { fundId, outcome: 'refused', code: error.code, details: error.details }
    }
    now = await services.ledger.head(head.county, fundId)
  }
  return { fundId, outcome: 'closed' }
}
