import type { Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import type { LedgerServices } from '../act-on-fund.ts'
import { subjectOf, withFundQueue } from '../act-on-fund.ts'
import type { FundId } from '../fund.ts'
import { fundAlertStream } from '../ledger-events.ts'
import { PERIOD_PERMISSIONS } from './period-permissions.ts'
import type { PeriodAction } from './period-permissions.ts'
import type { PostedEntry } from '../post-commands.ts'
import { postCommands } from '../post-commands.ts'

/** What the county demands before a month is closed. The ledger does not know where the answers come from. */
export interface CloseRules {
  /** Days after which money that is promised and not paid has to be explained. */
  heldDays(fundId: FundId, at: Date): Promise<number>
  /** Lines of the bank up to the end of a month that nothing explains. */
  unexplainedLines(county: string, fundId: FundId, period: string): Promise<number>
}

export interface ClosePeriodServices extends LedgerServices {
  readonly closeRules: CloseRules
  readonly clock: Clock
}

export interface ClosePeriodInput {
  readonly fundId: FundId
  /** `2026-11`. */
  readonly period: string
}

const DAY_MS = 86_400_000

/**
 * Closes a month of a fund. New postings go on at once in the month after it; the seal follows.
 *
 * @throws DomainError `period.closed`, `period.not_next`, `period.not_over`, `period.held_too_long` (details `count`, `days`),
 *   `period.unexplained` (details `count`), `fund.frozen`, `fund.forbidden`
 */
export async function closePeriod(
  services: ClosePeriodServices,
  { fundId, period }: ClosePeriodInput,
  by: By,
): Promise<PostedEntry[]> {
  requirePeriodPermission('period.close', fundId, by)
  return withFundQueue(services, [fundId], () =>
    services.inTransaction(
      by,
      async (tx) => {
        const source = { type: 'period', id: `${fundId}:${period}` }
        const [entries = []] = await postCommands(services, tx, [{ do: 'close-period', fundId, period, source }])
        await requireExplained(services, tx, { fundId, period })
        tx.announce({
          stream: fundAlertStream(fundId),
          type: 'fund.period_closed',
          data: { fundId, period, seq: entries[0]?.seq ?? 0 },
        })
        return entries
      },
      { keepForever: true },
    ),
  )
}

/** @throws DomainError `fund.forbidden` */
export function requirePeriodPermission(action: PeriodAction, fundId: FundId, { actor }: Pick<By, 'actor'>): void {
  if (actor.kind === 'system' || may(PERIOD_PERMISSIONS, actor, action, subjectOf(fundId))) return
  throw new DomainError('fund.forbidden', `${action} is not yours to do with ${fundId}`, { fundId })
}

async function requireExplained(
  { ledger, closeRules }: ClosePeriodServices,
  { at, county }: Tx,
  { fundId, period }: ClosePeriodInput,
): Promise<void> {
  const days = await closeRules.heldDays(fundId, at)
  const oldest = new Date(at.getTime() - days * DAY_MS).toISOString()
  const old = (await ledger.pendingHolds(county, fundId)).filter(({ placedAt }) => placedAt < oldest)
  if (old.length > 0)
    throw new DomainError('period.held_too_long', `${old.length} promises are older than ${days} days`, {
      fundId,
      period,
      days,
      count: old.length,
      holdIds: old.map(({ holdId }) => holdId),
    })
  const count = await closeRules.unexplainedLines(county, fundId, period)
  if (count > 0)
    throw new DomainError('period.unexplained', `${count} lines of the bank are unexplained`, { fundId, period, count })
}
