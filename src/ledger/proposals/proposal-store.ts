import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { isDuplicateKeyIn } from '../../journal/index.ts'
import { native, replaceVersion } from '../../platform/mongo/index.ts'
import { DomainError } from '../../shared/errors.ts'
import type { FundId } from '../fund.ts'
import { ledgerModels } from '../ledger-model.ts'
import { withLongs } from '../long-numbers-store.ts'
import type { ProposalRecord } from './proposal.ts'
import { proposalRecordId } from './proposal.ts'

/** What is asked of proposals. */
export interface ProposalStore {
  find(county: string, id: string, session?: ClientSession): Promise<ProposalRecord | null>
  /** Open ones first, then the newest. */
  ofFund(county: string, fundId: FundId, limit: number): Promise<readonly ProposalRecord[]>
  /** All that wait in a county, oldest first. */
  open(county: string, limit: number): Promise<readonly ProposalRecord[]>
  /** @throws DomainError `proposal.open_before` when the same thing waits already */
  insert(tx: Tx, record: ProposalRecord): Promise<void>
  /** @throws DomainError `version.stale` */
  save(tx: Tx, before: ProposalRecord, after: ProposalRecord): Promise<ProposalRecord>
}

/** The proposals on a connection. */
export function createProposalStore(connection: Connection): ProposalStore {
  const proposals = native(ledgerModels(connection).proposals)

  return {
    async find(county, id, session) {
      return proposals.findOne<ProposalRecord>({ _id: proposalRecordId(county, id) }, session ? { session } : {})
    },

    async ofFund(county, fundId, limit) {
      const found = await proposals
        .find<ProposalRecord>({ county, fundId })
        .sort({ proposedAt: -1 })
        .limit(limit)
        .toArray()
      return [...found.filter(isOpen), ...found.filter((one) => !isOpen(one))]
    },

    async open(county, limit) {
      return proposals.find<ProposalRecord>({ county, state: 'open' }).sort({ proposedAt: 1 }).limit(limit).toArray()
    },

    async insert({ session }, record) {
      try {
        await proposals.insertOne(stored(record) as ProposalRecord, { session })
      } catch (error) {
        if (isDuplicateKeyIn(error, 'ledger_proposals'))
          throw new DomainError('proposal.open_before', 'The same thing waits for approval already', {
            fundId: record.fundId,
          })
        throw error
      }
    },

    save: (tx, before, after) => replaceVersion(proposals, tx, before, after, stored),
  }
}

function isOpen({ state }: ProposalRecord): boolean {
  return state === 'open'
}

/** Sums and quantities as 64-bit integers; moments as they are. */
function stored(record: ProposalRecord): object {
  const { command, leftOut, totalFen, ...others } = record
  return { ...others, ...withLongs({ command, totalFen, ...(leftOut ? { leftOut } : {}) }) }
}
