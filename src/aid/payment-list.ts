import type { CashCountStore, LedgerStore } from '../ledger/index.ts'
import { missingCounts, townshipFundId } from '../ledger/index.ts'
import type { Calendars, Policies } from '../policy/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { filterFor } from '../shared/permissions.ts'
import { DECISION_PERMISSIONS } from './aid-permissions.ts'
import type { AidStore } from './aid-store.ts'
import type { PaymentListParts } from './payment-list-page.ts'
import type { PaymentFileStore } from './payment-files/payment-file-store.ts'

export interface PaymentListServices {
  readonly aid: AidStore
  readonly paymentFiles: PaymentFileStore
  readonly cashCounts: CashCountStore
  readonly ledger: LedgerStore
  readonly policies: Policies
  readonly calendar: Calendars
  readonly clock: Clock
}

/** Payments on one page. */
const SHOWN = 100

/** What waits for a cashier: payments, answers of the bank, a count of the till. */
export async function paymentList(services: PaymentListServices, actor: Actor): Promise<PaymentListParts> {
  const { aid, paymentFiles, policies, clock } = services
  const visible = filterFor(DECISION_PERMISSIONS, actor, 'payment.pay')
  const files = await paymentFiles.list(actor.county, filterFor(DECISION_PERMISSIONS, actor, 'payment.see_file'), SHOWN)
  const policy = await policies.at({ scope: actor.county, at: clock.now() })
  return {
    decisions: await aid.list(actor.county, visible, ['DECIDED', 'PAYING'], SHOWN),
    filesAtBank: files.filter(({ state }) => state === 'OPEN').length,
    uncounted: await uncountedTill(services, actor),
    lateHours: policy.value('payment.late_hours'),
  }
}

/** The till of the cashier's own township, when nobody counted it on a day on which cash moved. */
async function uncountedTill(services: PaymentListServices, actor: Actor): Promise<PaymentListParts['uncounted']> {
  const post = actor.roles.find(({ role }) => role === 'cashier')
  if (!post) return undefined
  const fundId = townshipFundId(post.unit)
  const days = await missingCounts(services, actor.county, fundId)
  return days.length > 0 ? { days, href: `/funds/${fundId}/cash` } : undefined
}
