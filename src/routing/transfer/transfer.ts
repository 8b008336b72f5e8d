import type { AnsweredTransfer, CaseRecord, TransferOffer, Urgency } from '../../cases/index.ts'
import { isOpen } from '../../cases/index.ts'
import { DomainError } from '../../shared/errors.ts'

/** Why a unit asks another to take a case. */
export const TRANSFER_REASONS = ['place_belongs_there', 'works_there_already', 'conflict_of_interest', 'other'] as const

export type TransferReason = (typeof TRANSFER_REASONS)[number]

/** Why a unit does not take it. */
export const REFUSAL_REASONS = ['place_not_ours', 'cannot_reach_person', 'conflict_of_interest', 'other'] as const

export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** Refusals in one case after which the county says who has it. Source: transfer.county_rule_min, "second refusal in one case". */
const REFUSALS_BEFORE_COUNTY = 2

/**
 * Whether a case can be offered to another unit: it is open, it reached a township, and no other offer waits.
 *
 * @throws DomainError `transfer.not_open`, `transfer.pending`, `transfer.same_unit`
 */
export function requireOfferable(found: CaseRecord, toUnit: string): void {
  const { no, state, transfer, unit } = found
  if (!isOpen(found) || state === 'RECEIVED' || state === 'FED_BACK' || state === 'REFUSED')
    throw new DomainError('transfer.not_open', `Case ${no} cannot be handed over any more`, { no, state })
  if (transfer)
    throw new DomainError('transfer.pending', `Case ${no} is offered already`, { no, unit: transfer.toUnit })
  if (toUnit === unit) throw new DomainError('transfer.same_unit', `Case ${no} is there already`, { no, unit })
}

/** Whether a case of this urgency may change hands only by people who speak with each other. Source: transfer.live_only. */
export function isLiveOnly(urgency: Urgency, liveOnly: readonly string[]): boolean {
  return liveOnly.includes(urgency)
}

/** What becomes of an offer that is refused: the case stays where it is, or the county says who has it. */
export function afterRefusal(
  offer: TransferOffer,
  refusals: number,
): { readonly transfer: TransferOffer | undefined; readonly refusals: number } {
  const counted = refusals + 1
  const isForCounty = counted >= REFUSALS_BEFORE_COUNTY
  return { transfer: isForCounty ? { ...offer, state: 'BEFORE_COUNTY' } : undefined, refusals: counted }
}

/**
 * The offer that waits for this unit's answer.
 *
 * @throws DomainError `transfer.none` when nothing waits, or when it waits for somebody else
 */
export function waitingOffer({ no, transfer }: CaseRecord, state: TransferOffer['state']): TransferOffer {
  if (transfer?.state === state) return transfer
  throw new DomainError('transfer.none', `Nothing of case ${no} waits for an answer here`, { no })
}

/** How an offer was answered. */
export type TransferAnswer = Omit<AnsweredTransfer, keyof TransferOffer>

/** The offers of a case with the one that waits answered. A second refusal and the county's word are two answers to the same offer. */
export function withAnswer(
  { transfer, transfers = [] }: CaseRecord,
  answer: TransferAnswer,
): { readonly transfers: readonly AnsweredTransfer[] } {
  return { transfers: transfer ? [...transfers, { ...transfer, ...answer }] : transfers }
}
