import type { Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { Fen } from '../shared/fen.ts'
import { fen } from '../shared/fen.ts'
import type { LedgerServices } from './act-on-fund.ts'
import { requestSource, requireFundPermission, withFundQueue } from './act-on-fund.ts'
import { replenish } from './aid-steps.ts'
import type { ReplenishLine } from './command.ts'
import { MAX_LINES } from './check-command.ts'
import type { Entry } from './entry.ts'
import type { FundId } from './fund.ts'
import { countyFundId, readFundId } from './fund.ts'
import type { LedgerStore } from './ledger-store.ts'
import type { PostedEntry } from './post-commands.ts'
import type { SubBalance } from './sub-account.ts'
import { readClaimSub } from './sub-account.ts'

/** What the county may refund to a fund now. */
export interface ReplenishProposal {
  readonly lines: readonly ReplenishLine[]
  readonly totalFen: number
}

/**
 * What may be refunded: confirmed claims, less what was given in goods, which is restocked and not paid.
 *
 * An advance whose papers are missing is no claim and is left out.
 */
export async function proposeReplenishment(
  ledger: LedgerStore,
  county: string,
  fundId: FundId,
  tx?: Tx,
): Promise<ReplenishProposal> {
  const claims = await ledger.subsOf(county, { fundId, accounts: ['claim'] }, tx?.session)
  const goods = await goodsByCase(ledger, county, fundId, claims, tx)
  const lines = moneyLines(claims, goods).slice(0, MAX_LINES)
  return { lines, totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0) }
}

/**
 * Refunds what is proposed, if it is still what the person saw.
 *
 * @param input.expectedFen - the total that was shown
 * @throws DomainError `fund.claims_changed` with the present total, `fund.nothing_to_refund`, `fund.insufficient`, `fund.forbidden`
 */
export async function replenishProposed(
  services: LedgerServices,
  input: { readonly fundId: FundId; readonly expectedFen: number },
  by: By,
): Promise<PostedEntry[]> {
  const { fundId, expectedFen } = input
  requireFundPermission('fund.replenish', fundId, by)
  const county = countyFundId(readFundId(fundId)?.county ?? '')
  return withFundQueue(services, [county, fundId], () =>
    services.inTransaction(
      by,
      async (tx) => {
        const { lines, totalFen } = await proposeReplenishment(services.ledger, tx.county, fundId, tx)
        if (totalFen === 0) throw new DomainError('fund.nothing_to_refund', 'No claim is open', { fundId })
        if (totalFen !== expectedFen)
          throw new DomainError('fund.claims_changed', `It is ${totalFen} fen now`, { fundId, totalFen, expectedFen })
        return replenish(services, tx, { fundId, lines, source: requestSource(by) })
      },
      { keepForever: true },
    ),
  )
}

/** Claims in money, oldest first: what a case got in goods is taken off its claims. */
export function moneyLines(claims: readonly SubBalance[], goodsByCaseNo: ReadonlyMap<string, Fen>): ReplenishLine[] {
  const left = new Map(goodsByCaseNo)
  return claims.flatMap(({ sub, amountFen }) => {
    const { caseNo, type } = readClaimSub(sub)
    const goods = Math.min(left.get(caseNo) ?? 0, amountFen)
    left.set(caseNo, fen((left.get(caseNo) ?? 0) - goods))
    const money = amountFen - goods
    return money > 0 ? [{ caseNo, type, amountFen: fen(money), into: 'bank' as const }] : []
  })
}

async function goodsByCase(
  ledger: LedgerStore,
  county: string,
  fundId: FundId,
  claims: readonly SubBalance[],
  tx: Tx | undefined,
): Promise<Map<string, Fen>> {
  const caseNos = [...new Set(claims.map(({ sub }) => readClaimSub(sub).caseNo))]
  const entries = await ledger.entriesOfCases(county, caseNos, tx?.session)
  const sums = new Map<string, Fen>()
  for (const entry of entries.filter((found) => found.fundId === fundId))
    if (entry.caseNo !== undefined) sums.set(entry.caseNo, fen((sums.get(entry.caseNo) ?? 0) + goodsGiven(entry)))
  return sums
}

function goodsGiven({ legs }: Entry): number {
  return legs.reduce((sum, { a, c }) => (a === 'inkind' ? sum + c : sum), 0)
}
