import type { Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { Fen } from '../shared/fen.ts'
import { fen } from '../shared/fen.ts'
import type { LedgerServices } from './act-on-fund.ts'
import { MAX_LINES } from './check-command.ts'
import type { ClaimLine, ReplenishLine } from './command.ts'
import type { Entry } from './entry.ts'
import type { FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import type { LedgerStore } from './ledger-store.ts'
import type { LeftOut } from './proposals/proposal.ts'
import type { ProposalAnswer } from './proposals/propose.ts'
import { propose } from './proposals/propose.ts'
import type { SubBalance } from './sub-account.ts'
import { readClaimSub } from './sub-account.ts'

/** What the county may refund to a fund now, and what it may not yet. */
export interface ReplenishProposal {
  readonly lines: readonly ReplenishLine[]
  readonly totalFen: number
  /** Advances without complete papers, and claims that were given in goods. */
  readonly leftOut: readonly LeftOut[]
}

/** Cases among the given ones whose papers are late. Another domain knows. */
export type LatePapers = (county: string, caseNos: readonly string[]) => Promise<ReadonlySet<string>>

interface ProposalNeeds {
  readonly ledger: LedgerStore
  readonly latePapers?: LatePapers | undefined
}

/**
 * What may be refunded: confirmed claims, less what was given in goods, which is restocked and not paid.
 *
 * An advance whose papers are missing is no claim; it is left out and named, late ones as late.
 */
export async function proposeReplenishment(
  { ledger, latePapers }: ProposalNeeds,
  county: string,
  fundId: FundId,
  tx?: Tx,
): Promise<ReplenishProposal> {
  const open = await ledger.subsOf(county, { fundId, accounts: ['claim', 'advance'] }, tx?.session)
  const claims = open.filter(({ account }) => account === 'claim')
  const advances = open.filter(({ account }) => account === 'advance')
  const goods = await goodsByCase(ledger, county, fundId, claims, tx)
  const lines = moneyLines(claims, goods, refundAccount(fundId)).slice(0, MAX_LINES)
  const late =
    (await latePapers?.(
      county,
      advances.map(({ sub }) => sub),
    )) ?? new Set<string>()
  return {
    lines,
    totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
    leftOut: [...advances.map((sub) => withoutPapers(sub, late)), ...inGoods(claims, goods)],
  }
}

/**
 * Proposes to refund what may be refunded, if it is still what the person saw; or the lines that are named.
 *
 * @param input.expectedFen - the total that was shown
 * @throws DomainError `fund.claims_changed` with the present total, `fund.nothing_to_refund`, `proposal.open_before`,
 *   `fund.insufficient`, `fund.forbidden`
 */
export async function proposeRefund(
  services: LedgerServices,
  input: {
    readonly fundId: FundId
    readonly expectedFen?: number | undefined
    readonly lines?: readonly ReplenishLine[] | undefined
  },
  by: By,
): Promise<ProposalAnswer> {
  const { fundId, expectedFen, lines } = input
  const command = { do: 'replenish', fundId, lines: lines ?? [] } as const
  if (lines) return propose(services, command, by)
  return propose(services, command, by, async (tx) => {
    const proposal = await proposeReplenishment(services, tx.county, fundId, tx)
    const { totalFen, leftOut } = proposal
    if (totalFen === 0) throw new DomainError('fund.nothing_to_refund', 'No claim is open', { fundId })
    if (expectedFen !== undefined && totalFen !== expectedFen)
      throw new DomainError('fund.claims_changed', `It is ${totalFen} fen now`, { fundId, totalFen, expectedFen })
    return { command: { ...command, lines: proposal.lines }, leftOut }
  })
}

/**
 * Refuses to book claims that have changed since they were proposed: refunded, recalled, settled or more.
 *
 * @throws DomainError `proposal.stale` with the first claim that is not what it was
 */
export async function refuseChangedClaims(
  ledger: LedgerStore,
  tx: Tx,
  { fundId, lines, proposalId }: { fundId: FundId; lines: readonly ClaimLine[]; proposalId: string },
): Promise<void> {
  const open = await ledger.subsOf(tx.county, { fundId, accounts: ['claim'] }, tx.session)
  const claims = open.map(({ sub, amountFen }) => ({ ...readClaimSub(sub), amountFen }))
  const changed = lines.find(({ caseNo, type }) => {
    const wantedFen = lines
      .filter((line) => line.caseNo === caseNo && line.type === type)
      .reduce((sum, { amountFen }) => sum + amountFen, 0)
    const claim = claims.find((one) => one.caseNo === caseNo && one.type === type)
    return (claim?.amountFen ?? 0) < wantedFen
  })
  if (changed)
    throw new DomainError('proposal.stale', `The claim of ${changed.caseNo} has changed`, {
      proposalId,
      caseNo: changed.caseNo,
    })
}

/** Claims in money, oldest first: what a case got in goods is taken off its claims. */
export function moneyLines(
  claims: readonly SubBalance[],
  goodsByCaseNo: ReadonlyMap<string, Fen>,
  into: 'bank' | 'cash' = 'bank',
): ReplenishLine[] {
  const left = new Map(goodsByCaseNo)
  return claims.flatMap(({ sub, amountFen }) => {
    const { caseNo, type } = readClaimSub(sub)
    const goods = Math.min(left.get(caseNo) ?? 0, amountFen)
    left.set(caseNo, fen((left.get(caseNo) ?? 0) - goods))
    const money = amountFen - goods
    return money > 0 ? [{ caseNo, type, amountFen: fen(money), into }] : []
  })
}

/** A village keeps its money in a till, a township at the bank. */
function refundAccount(fundId: FundId): 'bank' | 'cash' {
  return readFundId(fundId)?.kind === 'village' ? 'cash' : 'bank'
}

function withoutPapers({ sub, amountFen }: SubBalance, late: ReadonlySet<string>): LeftOut {
  return { caseNo: sub, amountFen, reason: late.has(sub) ? 'papers_late' : 'papers_missing' }
}

function inGoods(claims: readonly SubBalance[], goodsByCaseNo: ReadonlyMap<string, Fen>): LeftOut[] {
  const caseNos = [...new Set(claims.map(({ sub }) => readClaimSub(sub).caseNo))]
  return caseNos.flatMap((caseNo) => {
    const claimed = claims
      .filter(({ sub }) => readClaimSub(sub).caseNo === caseNo)
      .reduce((sum, { amountFen }) => sum + amountFen, 0)
    const amountFen = Math.min(goodsByCaseNo.get(caseNo) ?? 0, claimed)
    return amountFen > 0 ? [{ caseNo, amountFen, reason: 'goods' as const }] : []
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
