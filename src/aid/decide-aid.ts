import type { CaseRecord, CaseStore } from '../cases/index.ts'
import {
  announceCase,
  caseStream,
  requirePermission,
  requireVersion,
  withChange,
  withObligation,
} from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import type { FundQueue, LedgerStore, RealAccount } from '../ledger/index.ts'
import { countyFundId, placeHolds, townshipFundId, withFundQueue } from '../ledger/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Calendars, Policies } from '../policy/index.ts'
import { missingForGoLive, requireReadyForGoLive } from '../policy/index.ts'
import { DECIDE_CLOCK } from '../routing/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { fen } from '../shared/fen.ts'
import { newId } from '../shared/ids.ts'
import { may } from '../shared/permissions.ts'
import type { DecisionForm } from './aid-forms.ts'
import type { AidLimits } from './aid-limits.ts'
import { aidLimits, refuseOverLimit, sumOf } from './aid-limits.ts'
import { AID_CASE_PERMISSIONS } from './aid-permissions.ts'
import type { AidStore } from './aid-store.ts'
import type { DecisionRecord, OrderKind, PaymentOrder, Tier } from './decision.ts'
import { decisionRecordId } from './decision.ts'
import { holdClock } from './hold-clock.ts'

export interface DecideAidServices {
  readonly aid: AidStore
  readonly cases: CaseStore
  readonly deadlines: Deadlines
  readonly policies: Policies
  readonly calendar: Calendars
  readonly ledger: LedgerStore
  readonly fundQueue: FundQueue
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
}

export interface DecideAid extends DecisionForm {
  readonly no: string
  readonly version?: number | undefined
}

/** The answer to a decision: what was promised, and what is left of the limit. */
export interface DecisionAnswer {
  readonly id: string
  readonly caseNo: string
  readonly version: number
  readonly state: DecisionRecord['state']
  readonly tier: Tier
  readonly totalFen: number
  readonly limitFen: number
  readonly usedFen: number
  readonly orders: readonly { readonly id: string; readonly kind: OrderKind; readonly amountFen: number }[]
}

/** From which account of its fund an order is paid. A township's service and transfer go by bank; the county has one account. */
const ACCOUNTS: Readonly<Record<Tier, Readonly<Record<Exclude<OrderKind, 'REFERRAL'>, RealAccount>>>> = {
  township: { CASH: 'cash', TRANSFER: 'bank', GOODS: 'inkind', SERVICE: 'bank' },
  county: { CASH: 'c_bank', TRANSFER: 'c_bank', GOODS: 'c_bank', SERVICE: 'c_bank' },
}

/**
 * Decides on aid within the limit in force today and holds the money; another person pays it.
 *
 * Nothing but person, cause and amount is asked for (N18). Whoever registered the request cannot decide it. The limits in force are stored with
 * the decision. Holding and deciding are one transaction: a promise is never made without the money.
 *
 * @throws DomainError `decision.over_limit`, `decision.over_cash_limit`, `decision.same_person`, `fund.insufficient`, `policy.not_ready` before the
 *   county's first decision, and those of every action on a case
 */
export async function decideAid(services: DecideAidServices, input: DecideAid, by: By): Promise<DecisionAnswer> {
  const { cases, inTransaction } = services
  const seen = await cases.find(by.actor.county, input.no)
  if (!seen) throw new DomainError('case.not_found', `No case ${input.no}`, { no: input.no })
  const fundIds = [townshipFundId(seen.unit), countyFundId(seen.county)]
  return withFundQueue(services, fundIds, () =>
    inTransaction(by, (tx) => decide(services, tx, input, by), { keepForever: true }),
  )
}

async function decide(services: DecideAidServices, tx: Tx, input: DecideAid, by: By): Promise<DecisionAnswer> {
  const found = await services.cases.get(tx, input.no)
  const tier = tierOf(found, by)
  requireVersion(found, input.version)
  refuseRegistrar(found, by)
  await refuseBeforeGoLive(services, tx)
  const policy = await services.policies.at({ scope: tier === 'township' ? found.unit : found.county, at: tx.at })
  const limits = aidLimits(policy, tier, input.persons)
  const since = new Date(tx.at.getTime() - policy.value('duplicate.window_h') * 3_600_000)
  const { no: caseNo, personId, householdId } = found
  const before = await services.aid.ofSameEmergency(tx, { caseNo, personId, householdId, since })
  const given = before.flatMap(({ orders }) => orders.filter(({ state }) => state !== 'FAILED'))
  refuseOverLimit(tier, limits, given, input.orders)
  const id = newId()
  const clock = holdClock(policy, found, id, tx.at)
  const record = await hold(services, tx, found, tier, input, limits, sumOf(given), { id, expiresAt: clock.dueAt })
  await services.aid.insert(tx, record)
  if (record.orders.length > 0) await services.deadlines.startDeadline(tx, clock)
  await saveCase(services, tx, found, record)
  return answerOf(record)
}

/** @throws DomainError `case.not_yours` when neither tier is the actor's */
function tierOf(found: CaseRecord, by: By): Tier {
  if (may(AID_CASE_PERMISSIONS, by.actor, 'aid.decide_township', found)) return 'township'
  requirePermission(AID_CASE_PERMISSIONS, 'aid.decide_county', by, found)
  return 'county'
}

/** @throws DomainError `decision.same_person`: register ≠ decide, for every amount */
function refuseRegistrar(found: CaseRecord, by: By): void {
  if (found.firstResponsible.staffId !== by.actor.staffId) return
  throw new DomainError('decision.same_person', 'Whoever registered the request cannot decide on it', { no: found.no })
}

/**
 * No silent defaults for money: a county decides for the first time once it has said its limits itself. After that a missing value refuses only what
 * needs it, so that no case in need waits for a parameter that has nothing to do with it.
 *
 * @throws DomainError `policy.not_ready`
 */
async function refuseBeforeGoLive({ aid, policies }: DecideAidServices, tx: Tx): Promise<void> {
  const missing = await missingForGoLive({ policies }, tx.county, tx.at)
  if (missing.length > 0 && !(await aid.hasDecided(tx))) await requireReadyForGoLive({ policies }, tx.county, tx.at)
}

async function hold(
  services: DecideAidServices,
  tx: Tx,
  found: CaseRecord,
  tier: Tier,
  input: DecideAid,
  limits: AidLimits,
  usedFen: number,
  { id, expiresAt }: { readonly id: string; readonly expiresAt: Date },
): Promise<DecisionRecord> {
  const fundId = tier === 'township' ? townshipFundId(found.unit) : countyFundId(found.county)
  const paid = input.orders.filter(({ kind }) => kind !== 'REFERRAL')
  const accountOf = (kind: OrderKind): RealAccount => ACCOUNTS[tier][kind as Exclude<OrderKind, 'REFERRAL'>]
  const held = await placeHolds(
    services,
    tx,
    paid.map(({ kind, amountFen }, index) => ({
      fundId,
      account: accountOf(kind),
      amountFen: fen(amountFen),
      purpose: { use: 'advance' as const, caseNo: found.no },
      source: { type: 'payment-order', id: `${id}:${index + 1}` },
      expiresAt: expiresAt.toISOString(),
    })),
  )
  const record = decisionRecordId(tx.county, id)
  const orders = paid.map(({ kind, amountFen, payee, item }, index): PaymentOrder => {
    const line = index + 1
    return {
      id: `${id}:${line}`,
      line,
      kind,
      amountFen,
      payee: services.vault.seal(JSON.stringify(payee), { collection: 'decisions', field: `payee.${line}`, record }),
      ...(item ? { item } : {}),
      state: 'HELD',
      fundId,
      account: accountOf(kind),
      holdId: held[index]?.holdId ?? '',
    }
  })
  return {
    _id: record,
    county: tx.county,
    id,
    version: 1,
    caseNo: found.no,
    kind: input.kind,
    tier,
    unit: tier === 'township' ? found.unit : found.county,
    state: 'DECIDED',
    orders,
    totalFen: sumOf(orders),
    persons: input.persons,
    ...(found.personId ? { personId: found.personId } : {}),
    ...(found.householdId ? { householdId: found.householdId } : {}),
    rules: limits.rules,
    limitFen: limits.limitFen,
    usedFen,
    decidedBy: tx.by.actor.staffId,
    decidedAt: tx.at,
    reason: services.vault.seal(input.reason, { collection: 'decisions', field: 'reason', record }),
  }
}

/** The case goes on: verified by deciding, money promised, a payment owed, the clock to decide met. */
async function saveCase(services: DecideAidServices, tx: Tx, found: CaseRecord, record: DecisionRecord): Promise<void> {
  const left = await services.deadlines.meetDeadlines(tx, caseStream(found.no), [DECIDE_CLOCK])
  const verifying = found.state === 'ACKED' ? withChange(found, { state: 'VERIFYING' }, tx.at) : found
  const decided = withChange(
    verifying,
    {
      state: 'IN_PROGRESS',
      aid: { ...found.aid, heldFen: found.aid.heldFen + record.totalFen },
      obligations: withObligation(found, 'payment', record.id, tx.at),
      nearestDueAt: left.nearestDueAt,
    },
    tx.at,
  )
  announceCase(tx, decided, 'aid.decided', {
    decisionId: record.id,
    tier: record.tier,
    amountFen: record.totalFen,
    toUnit: record.unit,
    limitFen: record.limitFen,
    usedFen: record.usedFen,
  })
  await services.cases.save(tx, found, decided)
}

function answerOf(record: DecisionRecord): DecisionAnswer {
  const { id, caseNo, version, state, tier, totalFen, limitFen, usedFen, orders } = record
  return {
    id,
    caseNo,
    version,
    state,
    tier,
    totalFen,
    limitFen,
    usedFen,
    orders: orders.map((order) => ({ id: order.id, kind: order.kind, amountFen: order.amountFen })),
  }
}
