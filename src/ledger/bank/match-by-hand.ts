import type { Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { fen } from '../../shared/fen.ts'
import { withFundQueue } from '../act-on-fund.ts'
import type { FundId } from '../fund.ts'
import { postCommands } from '../post-commands.ts'
import type { BankServices } from './act-on-bank.ts'
import { bankStream, requireBankPermission } from './act-on-bank.ts'
import type { BankLine } from './bank-line.ts'
import { openSides } from './match-by-rule.ts'
import type { BankMatch, BankSide, SuspenseReason } from './match.ts'

/** What somebody says explains a line: an entry, or a difference with its reason. */
export interface MatchProposal {
  readonly fundId: FundId
  readonly lineId: string
  readonly entryId?: string | undefined
  readonly reason?: SuspenseReason | undefined
}

/** What became of a line. */
export interface MatchAnswer {
  readonly lineId: string
  readonly state: 'proposed' | 'confirmed' | 'withdrawn'
  readonly entryId?: string
}

interface OneLine {
  readonly fundId: FundId
  readonly lineId: string
}

/**
 * Proposes what explains a line of the bank. Nothing counts until somebody else confirms it.
 *
 * @throws DomainError `fund.forbidden`, `bank.line_not_found`, `bank.already_matched`, `bank.amount_differs`, `bank.proposal_unclear`
 */
export async function proposeMatch(services: BankServices, proposal: MatchProposal, by: By): Promise<MatchAnswer> {
  const { fundId, lineId, entryId, reason } = proposal
  requireBankPermission('bank.propose', fundId, by)
  if ((entryId === undefined) === (reason === undefined))
    throw new DomainError('bank.proposal_unclear', 'Name either an entry or a reason')
  return services.inTransaction(by, async (tx) => {
    const line = await lineOf(services, tx, proposal)
    if (entryId !== undefined) await requireSameAmount(services, tx, line, entryId)
    await services.bank.addMatches(tx, [
      {
        _id: lineId,
        county: tx.county,
        fundId,
        state: 'proposed',
        way: entryId === undefined ? 'suspense' : 'hand',
        ...(entryId === undefined ? {} : { entryId }),
        ...(reason === undefined ? {} : { reason }),
        proposedBy: tx.by.actor.staffId,
        proposedAt: tx.at,
      },
    ])
    announce(tx, 'bank.match_proposed', proposal, line)
    return { lineId, state: 'proposed' }
  })
}

/**
 * Confirms what somebody else proposed. A difference makes its entry now, through `suspense`; no entry is ever changed.
 *
 * @throws DomainError `fund.forbidden`, `bank.same_person`, `bank.not_proposed`, `bank.line_not_found`, and what the ledger refuses
 */
export async function confirmMatch(services: BankServices, { fundId, lineId }: OneLine, by: By): Promise<MatchAnswer> {
  requireBankPermission('bank.confirm', fundId, by)
  return withFundQueue(services, [fundId], () =>
    services.inTransaction(
      by,
      async (tx) => {
        const line = await lineOf(services, tx, { fundId, lineId })
        const proposed = await proposalOf(services, tx, lineId)
        if (proposed.proposedBy === by.actor.staffId)
          throw new DomainError('bank.same_person', 'Somebody else has to confirm', { lineId })
        const entryId = proposed.entryId ?? (await bookDifference(services, tx, line, proposed))
        await services.bank.confirmMatch(tx, {
          ...proposed,
          entryId,
          state: 'confirmed',
          confirmedBy: by.actor.staffId,
          confirmedAt: tx.at,
        })
        announce(tx, 'bank.match_confirmed', { fundId, lineId, entryId }, line)
        return { lineId, state: 'confirmed' as const, entryId }
      },
      { keepForever: true },
    ),
  )
}

/**
 * Takes a proposal back, or refuses somebody else's; the line is open again.
 *
 * @throws DomainError `fund.forbidden`, `bank.not_proposed`, `bank.line_not_found`
 */
export async function dropProposal(services: BankServices, { fundId, lineId }: OneLine, by: By): Promise<MatchAnswer> {
  requireBankPermission('bank.confirm', fundId, by)
  return services.inTransaction(by, async (tx) => {
    const line = await lineOf(services, tx, { fundId, lineId })
    await services.bank.dropMatch(tx, lineId)
    announce(tx, 'bank.match_withdrawn', { fundId, lineId }, line)
    return { lineId, state: 'withdrawn' }
  })
}

async function lineOf({ bank }: BankServices, tx: Tx, { fundId, lineId }: OneLine): Promise<BankLine> {
  const line = await bank.line(tx.county, lineId, tx.session)
  if (line?.fundId !== fundId) throw new DomainError('bank.line_not_found', 'No such line', { lineId })
  return line
}

async function proposalOf({ bank }: BankServices, tx: Tx, lineId: string): Promise<BankMatch> {
  const found = await bank.match(tx.county, lineId, tx.session)
  if (found?.state !== 'proposed') throw new DomainError('bank.not_proposed', 'Nothing is proposed', { lineId })
  return found
}

/** @throws DomainError `bank.amount_differs`, `bank.already_matched` */
async function requireSameAmount(services: BankServices, tx: Tx, line: BankLine, entryId: string): Promise<void> {
  const account = await services.bank.accountOf(tx.county, line.fundId, tx.session)
  const open: readonly BankSide[] = account ? await openSides(services, tx, account) : []
  const entry = open.find((side) => side.entryId === entryId)
  if (!entry) throw new DomainError('bank.already_matched', 'That entry is not open', { entryId })
  if (entry.amountFen !== line.amountFen)
    throw new DomainError('bank.amount_differs', 'Line and entry are not the same amount', {
      lineFen: line.amountFen,
      entryFen: entry.amountFen,
    })
}

/** The bank has more or less than the book: the difference is booked and waits in `suspense` until it is explained. */
async function bookDifference(services: BankServices, tx: Tx, line: BankLine, proposed: BankMatch): Promise<string> {
  const { fundId, amountFen, on } = line
  const [posted] = await postCommands(services, tx, [
    {
      do: amountFen < 0 ? 'book-shortage' : 'book-surplus',
      fundId,
      account: 'bank',
      amountFen: fen(Math.abs(amountFen)),
      effectiveOn: on,
      approver: proposed.proposedBy,
      source: { type: 'bank-line', id: line._id },
      ...(proposed.reason === undefined ? {} : { reason: proposed.reason }),
    },
  ])
  const [entry] = posted ?? []
  if (!entry) throw new TypeError('A command makes an entry')
  return entry.entryId
}

function announce(tx: Tx, type: string, { fundId, lineId, entryId, reason }: MatchProposal, line: BankLine): void {
  const { amountFen } = line
  tx.announce({ stream: bankStream(fundId), type, data: { fundId, lineId, entryId, reason, amountFen } })
}
