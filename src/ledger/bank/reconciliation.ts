import type { Actor } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { may } from '../../shared/permissions.ts'
import { subjectOf } from '../act-on-fund.ts'
import type { FundId } from '../fund.ts'
import { balanceOf } from '../fund.ts'
import type { BankServices } from './act-on-bank.ts'
import { requireBankPermission } from './act-on-bank.ts'
import { BANK_PERMISSIONS } from './bank-permissions.ts'
import type { BankAccount } from './bank-account.ts'
import { bankSideOf } from './bank-account.ts'
import type { BankLine } from './bank-line.ts'
import { openSides } from './match-by-rule.ts'
import type { BankMatch, BankSide } from './match.ts'

/** A line nothing explains yet, with what somebody proposes. */
export interface OpenLine {
  readonly lineId: string
  readonly on: string
  readonly reference: string
  readonly amountFen: number
  /** What the bank wrote, which names people; empty for whoever only looks on. */
  readonly text: string
  readonly days: number
  /** Open entries of the same amount, nearest day first. */
  readonly candidates: readonly BankSide[]
  readonly proposal?: Pick<BankMatch, 'way' | 'entryId' | 'reason' | 'proposedBy' | 'proposedAt'>
}

/** An entry the bank does not show yet: money on its way. */
export interface InTransit extends BankSide {
  readonly days: number
}

/** The book against the bank. Sums in whole fen. */
export interface Reconciliation {
  readonly fundId: FundId
  /** Absent until an account was registered. */
  readonly account?: string
  /** Day of the bank's last line; empty before the first. */
  readonly upTo: string
  readonly bookFen: number
  /** Booked, not shown by the bank: what came less what went. */
  readonly inTransitFen: number
  /** Shown by the bank, not booked. */
  readonly notBookedFen: number
  readonly bankFen: number
  /** `book − in transit + not booked − bank`: nothing, or the first statement began with money the book does not know. */
  readonly gapFen: number
  readonly lines: number
  readonly matched: number
  readonly openLines: readonly OpenLine[]
  readonly transit: readonly InTransit[]
}

/**
 * Compares a fund's book with its bank, as of now. Reads only.
 *
 * @throws DomainError `fund.forbidden`, `fund.not_found`
 */
export async function reconcile(
  services: Pick<BankServices, 'ledger' | 'bank' | 'vault' | 'clock'>,
  fundId: FundId,
  { actor }: { readonly actor: Actor },
): Promise<Reconciliation> {
  requireBankPermission('bank.see', fundId, { actor })
  const { ledger, bank } = services
  const head = await ledger.head(actor.county, fundId)
  const side = bankSideOf(fundId)
  if (!head || !side) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
  const bookFen = balanceOf(head, side)
  const account = await bank.accountOf(actor.county, fundId)
  if (!account) return withoutAccount(fundId, bookFen)
  const now = services.clock.now()
  const transit = (await openSides(services, {}, account)).map((entry) => ({
    ...entry,
    days: daysSince(entry.on, now),
  }))
  const compares = mayCompare(actor, fundId)
  const openLines = await openLinesOf(services, account, transit, { now, compares })
  const inTransitFen = sumOf(transit)
  const notBookedFen = sumOf(openLines)
  return {
    fundId,
    account: account.account,
    upTo: account.upTo,
    bookFen,
    inTransitFen,
    notBookedFen,
    bankFen: account.balanceFen,
    gapFen: bookFen - inTransitFen + notBookedFen - account.balanceFen,
    lines: account.lines,
    matched: account.lines - openLines.length,
    openLines,
    transit,
  }
}

/**
 * Lines of a month that nothing explains; a month is not closed while there are old ones.
 *
 * @param period - `2026-11`; lines of earlier months count too
 */
export async function unexplainedBankLines(
  { bank }: Pick<BankServices, 'bank'>,
  county: string,
  fundId: FundId,
  period: string,
): Promise<readonly BankLine[]> {
  const open = await bank.openLines(county, fundId)
  return open.filter(({ on }) => on.slice(0, 7) <= period)
}

async function openLinesOf(
  { bank, vault }: Pick<BankServices, 'bank' | 'vault'>,
  { county, fundId }: BankAccount,
  transit: readonly InTransit[],
  { now, compares }: { readonly now: Date; readonly compares: boolean },
): Promise<OpenLine[]> {
  const proposals = await bank.matches(county, fundId, 'proposed')
  const byLine = new Map(proposals.map((match) => [match._id, match]))
  const promised = new Set(proposals.flatMap(({ entryId }) => entryId ?? []))
  const free = transit.filter(({ entryId }) => !promised.has(entryId))
  const lines = await bank.openLines(county, fundId)
  return lines.map(({ _id, on, reference, amountFen, text }) => {
    const match = byLine.get(_id)
    return {
      lineId: _id,
      on,
      reference,
      amountFen,
      text: compares ? vault.open(text, { collection: 'bank_lines', field: 'text', record: _id }) : '',
      days: daysSince(on, now),
      candidates: match ? [] : candidatesOf({ on, amountFen }, free),
      ...(match ? { proposal: proposalOf(match) } : {}),
    }
  })
}

/** Whether somebody pairs lines, and so has to read what the bank wrote. */
function mayCompare(actor: Actor, fundId: FundId): boolean {
  return (['bank.propose', 'bank.confirm'] as const).some((action) =>
    may(BANK_PERMISSIONS, actor, action, subjectOf(fundId)),
  )
}

/** Entries offered for one line. */
const MOST_CANDIDATES = 5

function candidatesOf({ on, amountFen }: { on: string; amountFen: number }, free: readonly BankSide[]): BankSide[] {
  const away = (side: BankSide): number => Math.abs(Date.parse(side.on) - Date.parse(on))
  return free
    .filter((side) => side.amountFen === amountFen)
    .sort((a, b) => away(a) - away(b))
    .slice(0, MOST_CANDIDATES)
    .map(({ entryId, seq, on: day, amountFen: amount }) => ({ entryId, seq, on: day, amountFen: amount }))
}

function proposalOf({ way, entryId, reason, proposedBy, proposedAt }: BankMatch): NonNullable<OpenLine['proposal']> {
  return {
    way,
    ...(entryId === undefined ? {} : { entryId }),
    ...(reason === undefined ? {} : { reason }),
    proposedBy,
    proposedAt,
  }
}

function withoutAccount(fundId: FundId, bookFen: number): Reconciliation {
  const nothing = { upTo: '', inTransitFen: 0, notBookedFen: 0, bankFen: 0, gapFen: 0, lines: 0, matched: 0 }
  return { fundId, bookFen, ...nothing, openLines: [], transit: [] }
}

function sumOf(all: readonly { readonly amountFen: number }[]): number {
  return all.reduce((sum, { amountFen }) => sum + amountFen, 0)
}

/** Whole days since a day began in China. */
function daysSince(day: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(`${day}T00:00:00+08:00`)) / 86_400_000))
}
