import type { Tx } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { LedgerServices } from '../act-on-fund.ts'
import { requireFundPermission, withFundQueue } from '../act-on-fund.ts'
import type { Command } from '../command.ts'
import { fundProposed } from '../ledger-events.ts'
import { fundOf, fundsOf } from '../needs.ts'
import { tryCommands } from '../post-commands.ts'
import type { LeftOut, ProposableName, ProposalRecord, ProposalState, ProposedCommand } from './proposal.ts'
import { digestOf, openKeyOf, PROPOSABLE, proposalRecordId } from './proposal.ts'

/** Stands where the second name will stand, while it is tried whether a proposal could be booked at all. */
const SOMEBODY = 'somebody'

/** What became of a proposal so far. */
export interface ProposalAnswer {
  readonly proposalId: string
  readonly fundId: string
  readonly do: ProposableName
  readonly state: ProposalState
  readonly totalFen: number
  /** Whoever agrees names it. */
  readonly digest: string
}

/**
 * Asks to have something booked that needs a second person. Nothing is booked yet; what could not be booked now is refused at once.
 *
 * @throws DomainError `fund.forbidden`, `proposal.open_before`, and what the ledger refuses
 */
export async function propose(
  services: LedgerServices,
  command: ProposedCommand,
  by: By,
  complete: (tx: Tx) => Promise<Completed> = () => Promise.resolve({ command }),
): Promise<ProposalAnswer> {
  requireFundPermission(PROPOSABLE[command.do].propose, fundOf(command as Command), by)
  return withFundQueue(services, fundsOf(command as Command), () =>
    services.inTransaction(
      by,
      async (tx) => {
        const whole = await complete(tx)
        const record = await drafted(services, tx, whole)
        await services.ledger.proposals.insert(tx, record)
        tx.announce(fundProposed(record))
        return answerOf(record)
      },
      { keepForever: true },
    ),
  )
}

/** A proposal with what only the books of the moment can say. */
export interface Completed {
  readonly command: ProposedCommand
  readonly leftOut?: readonly LeftOut[]
}

async function drafted(services: LedgerServices, tx: Tx, { command, leftOut }: Completed): Promise<ProposalRecord> {
  const id = newId()
  const trial = { ...command, approver: SOMEBODY, source: { type: 'proposal', id } } as Command
  const [entries] = await tryCommands(services, tx, [trial])
  return {
    _id: proposalRecordId(tx.county, id),
    county: tx.county,
    version: 1,
    id,
    fundId: fundOf(trial),
    command,
    totalFen: entries?.[0]?.amountFen ?? 0,
    ...(leftOut ? { leftOut } : {}),
    digest: digestOf(command, leftOut),
    openKey: openKeyOf(command),
    state: 'open',
    proposedBy: tx.by.actor.staffId,
    proposedAt: tx.at,
  }
}

/** The short answer about a proposal. */
export function answerOf({ id, fundId, command, state, totalFen, digest }: ProposalRecord): ProposalAnswer {
  return { proposalId: id, fundId, do: command.do, state, totalFen, digest }
}

/**
 * A proposal that still waits.
 *
 * @throws DomainError `proposal.not_found`, `proposal.decided`
 */
export async function openProposal({ ledger }: LedgerServices, tx: Tx, id: string): Promise<ProposalRecord> {
  const found = await ledger.proposals.find(tx.county, id, tx.session)
  if (!found) throw new DomainError('proposal.not_found', `No proposal ${id}`, { proposalId: id })
  if (found.state !== 'open')
    throw new DomainError('proposal.decided', `The proposal is ${found.state}`, { proposalId: id, state: found.state })
  return found
}
