import type { Actor } from '../../shared/actor.ts'
import { may } from '../../shared/permissions.ts'
import { subjectOf } from '../act-on-fund.ts'
import { FUND_PERMISSIONS } from '../ledger-permissions.ts'
import type { ProposalRecord } from './proposal.ts'
import { PROPOSABLE } from './proposal.ts'

/** A proposal as it is read: what it would book, what it leaves out, who asked and who decided. */
export type ProposalView = Omit<
  ProposalRecord,
  '_id' | 'county' | 'version' | 'openKey' | 'proposedAt' | 'decidedAt'
> & {
  readonly proposedAt: string
  readonly decidedAt?: string
  /** Whether the reader may agree to it. */
  readonly mayApprove: boolean
  /** Whether the reader may refuse it, or take it back. */
  readonly mayRefuse: boolean
}

/** A proposal for a reader. */
export function proposalView(record: ProposalRecord, actor: Actor): ProposalView {
  const { id, fundId, command, totalFen, leftOut, digest, state, proposedBy, decidedBy, refusedFor, entryIds } = record
  const isOpen = state === 'open'
  const isMine = proposedBy === actor.staffId
  const isApprover = may(FUND_PERMISSIONS, actor, PROPOSABLE[command.do].approve, subjectOf(fundId))
  return {
    id,
    fundId,
    command,
    totalFen,
    ...(leftOut ? { leftOut } : {}),
    digest,
    state,
    proposedBy,
    proposedAt: record.proposedAt.toISOString(),
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(record.decidedAt === undefined ? {} : { decidedAt: record.decidedAt.toISOString() }),
    ...(refusedFor === undefined ? {} : { refusedFor }),
    ...(entryIds === undefined ? {} : { entryIds }),
    mayApprove: isOpen && isApprover && !isMine,
    mayRefuse: isOpen && (isApprover || isMine),
  }
}
