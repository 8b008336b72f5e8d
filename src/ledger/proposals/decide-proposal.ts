import type { Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import type { LedgerServices } from '../act-on-fund.ts'
import { requireFundPermission, withFundQueue } from '../act-on-fund.ts'
import type { Command } from '../command.ts'
import { fundProposalDecided } from '../ledger-events.ts'
import { fundsOf } from '../needs.ts'
import type { PostedEntry } from '../post-commands.ts'
import { postCommands } from '../post-commands.ts'
import { refuseChangedClaims } from '../replenish-proposal.ts'
import type { ProposalRecord } from './proposal.ts'
import { PROPOSABLE } from './proposal.ts'
import type { ProposalAnswer } from './propose.ts'
import { answerOf, openProposal } from './propose.ts'

/** A proposal, and what stands for the whole of it as the person saw it. */
export interface ApprovalInput {
  readonly proposalId: string
  readonly digest: string
}

/** What an approval booked. */
export interface ApprovalAnswer extends ProposalAnswer {
  readonly items: readonly PostedEntry[]
}

/**
 * Agrees to a proposal: it is booked at once, under both names, once however often and with whatever keys it is approved.
 *
 * @throws DomainError `proposal.not_found`, `proposal.decided`, `proposal.same_person`, `proposal.stale`, `fund.forbidden`, and what
 *   the ledger refuses by now
 */
export async function approveProposal(
  services: LedgerServices,
  { proposalId, digest }: ApprovalInput,
  by: By,
): Promise<ApprovalAnswer> {
  const seen = await find(services, proposalId, by)
  requireFundPermission(PROPOSABLE[seen.command.do].approve, seen.fundId, by)
  return withFundQueue(services, fundsOf(seen.command as Command), () =>
    services.inTransaction(
      by,
      async (tx) => {
        const proposal = await openProposal(services, tx, proposalId)
        refuseSamePerson(proposal, by)
        if (proposal.digest !== digest)
          throw new DomainError('proposal.stale', 'It is not the proposal that was shown', { proposalId })
        await refuseStale(services, tx, proposal)
        const items = await book(services, tx, proposal, by)
        const entryIds = items.map(({ entryId }) => entryId)
        return { ...(await settle(services, tx, proposal, { state: 'approved', entryIds })), items }
      },
      { keepForever: true },
    ),
  )
}

/**
 * Refuses a proposal, or takes one's own back. `reason` is a code.
 *
 * @throws DomainError `proposal.not_found`, `proposal.decided`, `fund.forbidden`
 */
export async function refuseProposal(
  services: LedgerServices,
  { proposalId, reason }: { readonly proposalId: string; readonly reason: string },
  by: By,
): Promise<ProposalAnswer> {
  const seen = await find(services, proposalId, by)
  if (seen.proposedBy !== by.actor.staffId) requireFundPermission(PROPOSABLE[seen.command.do].approve, seen.fundId, by)
  return services.inTransaction(
    by,
    async (tx) => {
      const proposal = await openProposal(services, tx, proposalId)
      return settle(services, tx, proposal, { state: 'refused', refusedFor: reason })
    },
    { keepForever: true },
  )
}

async function find({ ledger }: LedgerServices, proposalId: string, by: By): Promise<ProposalRecord> {
  const seen = await ledger.proposals.find(by.actor.county, proposalId)
  if (!seen) throw new DomainError('proposal.not_found', `No proposal ${proposalId}`, { proposalId })
  return seen
}

/** @throws DomainError `proposal.same_person` */
function refuseSamePerson({ id, proposedBy }: ProposalRecord, by: By): void {
  if (proposedBy !== by.actor.staffId) return
  throw new DomainError('proposal.same_person', 'Whoever proposed it cannot approve it', { proposalId: id })
}

/** What was proposed must still be so: a claim refunded, recalled or settled meanwhile is not refunded again. */
async function refuseStale({ ledger }: LedgerServices, tx: Tx, { command, fundId, id }: ProposalRecord): Promise<void> {
  if (command.do === 'replenish' || command.do === 'settle-claims')
    await refuseChangedClaims(ledger, tx, { fundId, lines: command.lines, proposalId: id })
}

/** The maker of the entries is who proposed them; who agrees is their approver. */
async function book(services: LedgerServices, tx: Tx, proposal: ProposalRecord, by: By): Promise<PostedEntry[]> {
  const source = { type: 'proposal', id: proposal.id }
  const command = { ...proposal.command, approver: by.actor.staffId, source } as Command
  const [items] = await postCommands(services, tx, [command], { maker: proposal.proposedBy })
  return items ?? []
}

async function settle(
  { ledger }: LedgerServices,
  tx: Tx,
  before: ProposalRecord,
  outcome: Pick<ProposalRecord, 'state' | 'entryIds' | 'refusedFor'>,
): Promise<ProposalAnswer> {
  const { openKey: _open, ...others } = before
  const after: ProposalRecord = { ...others, ...outcome, decidedBy: tx.by.actor.staffId, decidedAt: tx.at }
  const saved = await ledger.proposals.save(tx, before, after)
  tx.announce(fundProposalDecided(saved))
  return answerOf(saved)
}
