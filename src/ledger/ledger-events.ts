import type { Fact, LiveNote } from '../journal/index.ts'
import type { Entry } from './entry.ts'
import { amountFenOf } from './entry.ts'
import type { FundHead, FundId } from './fund.ts'
import { freeMoneyFen, isLow, readFundId } from './fund.ts'
import type { LowWater } from './ground.ts'
import type { ProposalRecord } from './proposals/proposal.ts'

/** Stream of a fund's live notes; its sequence numbers are those of the entries. */
export function fundStream(fundId: FundId): string {
  return `fund:${fundId}`
}

/** Stream of what a fund's county must hear of; journalled, with a sequence of its own. */
export function fundAlertStream(fundId: FundId): string {
  return `fund-alert:${fundId}`
}

/** The line a case gets for an entry about it: it names the entry, which carries its own chain. */
export function ledgerPosted(entry: Entry, caseNo: string): Fact {
  const { fundId, seq, kind, hash, hold } = entry
  return {
    stream: `case:${caseNo}`,
    type: 'ledger.posted',
    data: {
      fundId,
      seq,
      kind,
      amountFen: amountFenOf(entry),
      entryHash: hash,
      ...(hold ? { holdId: hold.id, hold: hold.change } : {}),
    },
  }
}

/** What the screens of a fund are told of an entry. */
export function fundMoved(entry: Entry, head: FundHead): LiveNote {
  const { fundId, seq, kind, caseNo } = entry
  return {
    stream: fundStream(fundId),
    seq,
    type: 'fund.moved',
    data: {
      fundId,
      seq,
      kind,
      amountFen: amountFenOf(entry),
      freeMoneyFen: freeMoneyFen(head),
      isLow: isLow(head),
      ...(caseNo === undefined ? {} : { caseNo }),
    },
  }
}

/** A fund fell below its mark: told to its county once per crossing, named by the entry with which it fell. */
export function fundLow({ fundId, seq, freeFen, markFen }: LowWater): Fact {
  const toUnit = readFundId(fundId)?.county
  return { stream: fundAlertStream(fundId), type: 'fund.low', data: { fundId, seq, freeFen, markFen, toUnit } }
}

/** Something waits for a second person. */
export function fundProposed({ fundId, id, command, totalFen, proposedBy, digest }: ProposalRecord): Fact {
  const data = {
    fundId,
    proposalId: id,
    do: command.do,
    totalFen,
    proposedBy,
    digest,
    toUnit: readFundId(fundId)?.county,
  }
  return { stream: fundAlertStream(fundId), type: 'fund.proposed', data }
}

/** A second person agreed or refused. */
export function fundProposalDecided({
  fundId,
  id,
  command,
  state,
  totalFen,
  proposedBy,
  decidedBy,
}: ProposalRecord): Fact {
  const data = { fundId, proposalId: id, do: command.do, state, totalFen, proposedBy, decidedBy }
  return { stream: fundAlertStream(fundId), type: 'fund.proposal_decided', data }
}

/** A posting would have broken the book of a fund: it was frozen, and its county must look into it at once. */
export function fundBroken(fundId: FundId, seq: number): Fact {
  const data = { fundId, seq, toUnit: readFundId(fundId)?.county }
  return { stream: fundAlertStream(fundId), type: 'fund.broken', data }
}
