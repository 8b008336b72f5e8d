import { createHash } from 'node:crypto'
import type { PlainJson } from '../../shared/canonical-json.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Command, CommandName, CommandOf } from '../command.ts'
import type { FundId } from '../fund.ts'
import type { LedgerAction } from '../ledger-permissions.ts'
import { fundOf } from '../needs.ts'

/** What is only booked when a second person agrees, with who may ask for it and who may agree. */
export const PROPOSABLE = {
  replenish: { propose: 'fund.propose-refund', approve: 'fund.approve' },
  'settle-claims': { propose: 'fund.propose-refund', approve: 'fund.approve' },
  'thaw-fund': { propose: 'fund.freeze', approve: 'fund.approve' },
  'order-recovery': { propose: 'fund.recover', approve: 'fund.approve' },
  'write-off': { propose: 'fund.recover', approve: 'fund.approve' },
  'raise-quota': { propose: 'fund.change-quota', approve: 'fund.approve' },
  'lower-quota': { propose: 'fund.change-quota', approve: 'fund.approve' },
  'book-shortage': { propose: 'fund.count', approve: 'fund.witness' },
  'book-surplus': { propose: 'fund.count', approve: 'fund.witness' },
  'charge-shortage': { propose: 'fund.charge', approve: 'fund.approve' },
  'hand-over-surplus': { propose: 'fund.charge', approve: 'fund.approve' },
  'reverse-entry': { propose: 'fund.correct', approve: 'fund.approve' },
  pay: { propose: 'donation.receive', approve: 'fund.approve' },
} as const satisfies Partial<Record<CommandName, { propose: LedgerAction; approve: LedgerAction }>>

export type ProposableName = keyof typeof PROPOSABLE

/** A command as it is proposed: what makes it an entry, its source and its approver, comes with the approval. */
type Proposed<Name> = Name extends ProposableName
  ? Omit<CommandOf<Name>, 'do' | 'source' | 'approver'> & { readonly do: Name }
  : never

export type ProposedCommand = Proposed<ProposableName>

export const PROPOSAL_STATES = ['open', 'approved', 'refused'] as const

export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** Why an amount of a fund is not in a proposed refund. */
export const LEFT_OUT_REASONS = ['papers_missing', 'papers_late', 'goods'] as const

/** Money of a case that is not refunded now. */
export interface LeftOut {
  readonly caseNo: string
  readonly amountFen: number
  readonly reason: (typeof LEFT_OUT_REASONS)[number]
}

/** Something a person asks to have booked, until another person has agreed or refused. */
export interface ProposalRecord {
  /** `county/id`. */
  readonly _id: string
  readonly county: string
  readonly version: number
  readonly id: string
  readonly fundId: FundId
  readonly command: ProposedCommand
  /** What it is about in money. Fen; 0 when it moves none. */
  readonly totalFen: number
  /** Only of a refund: what was left out of it, and why. */
  readonly leftOut?: readonly LeftOut[]
  /** What stands for the whole of it: who agrees, agrees to exactly this. */
  readonly digest: string
  /** Only while it is open: what can be proposed once at a time. */
  readonly openKey?: string
  readonly state: ProposalState
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly decidedBy?: string
  readonly decidedAt?: Date
  /** A code, never a sentence. */
  readonly refusedFor?: string
  readonly entryIds?: readonly string[]
}

/** Id under which a proposal is stored. */
export function proposalRecordId(county: string, id: string): string {
  return `${county}/${id}`
}

/** SHA-256 of what is proposed, in its canonical form. */
export function digestOf(command: ProposedCommand, leftOut: readonly LeftOut[] = []): string {
  const text = canonicalJson({ command, leftOut } as unknown as PlainJson)
  return createHash('sha256').update(text).digest('hex')
}

/** What may be open once only: one refund of a fund, one change of its quota, one reversal of an entry, the same thing once. */
export function openKeyOf(command: ProposedCommand): string {
  switch (command.do) {
    case 'replenish':
    case 'settle-claims':
      return `${command.fundId} claims`
    case 'raise-quota':
    case 'lower-quota':
      return `${command.fundId} quota`
    case 'reverse-entry':
      return `${command.entryId} reverse`
    default:
      return `${fundOf(command as Command)} ${digestOf(command)}`
  }
}
