import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { may } from '../shared/permissions.ts'
import type { Command } from './command.ts'
import type { Source } from './entry.ts'
import type { FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import type { FundQueue } from './fund-queue.ts'
import type { FundSubject, LedgerAction } from './ledger-permissions.ts'
import { FUND_PERMISSIONS } from './ledger-permissions.ts'
import { takeTurn } from './group-commit.ts'
import type { BookMetrics, GuardServices } from './guard-book.ts'
import { guardBook } from './guard-book.ts'
import type { LedgerStore } from './ledger-store.ts'
import { fundOf, fundsOf } from './needs.ts'
import type { PostedEntry } from './post-commands.ts'
import type { LatePapers } from './replenish-proposal.ts'

/** What an action of the ledger works with. */
export interface LedgerServices {
  readonly ledger: LedgerStore
  readonly fundQueue: FundQueue
  readonly inTransaction: InTransaction
  /** Counts books that had to be stopped. */
  readonly metrics?: BookMetrics | undefined
  /** Says whose papers are late; without it all missing papers are just missing. */
  readonly latePapers?: LatePapers | undefined
}

/**
 * The frame of every action of the ledger: permission, a turn at its funds, a transaction whose outcome is kept for ever.
 *
 * A repeated key gives the first outcome again, a refusal included: what was refused stays refused though money has come since.
 *
 * @returns the entries of the event, the named fund's first
 * @throws DomainError `fund.forbidden`, `fund.busy`, `outcome.unknown`, and what the ledger refuses
 */
export async function actOnFund(
  services: LedgerServices,
  action: LedgerAction,
  command: Command,
  by: By,
): Promise<PostedEntry[]> {
  requireFundPermission(action, fundOf(command), by)
  return takeTurn(services, {
    by,
    fundIds: fundsOf(command),
    plan: () => ({ commands: [command], settle: ([entries = []]) => entries }),
  })
}

/**
 * Waits for a turn at funds, then runs an action that holds or pays out of them.
 *
 * Put it *around* `inTransaction`: what waits outside of a transaction meets no conflict inside. Should the action find a book broken,
 * its fund is frozen before the next in line has its turn.
 *
 * @throws DomainError `fund.busy` with `retryAfterMs`, `ledger.book_broken`
 */
export async function withFundQueue<Answer>(
  services: Pick<LedgerServices, 'fundQueue'> & GuardServices,
  fundIds: readonly FundId[],
  action: () => Promise<Answer>,
): Promise<Answer> {
  return services.fundQueue.run(fundIds, () => guardBook(services, action))
}

/** @throws DomainError `fund.forbidden` */
export function requireFundPermission(action: LedgerAction, fundId: FundId, { actor }: Pick<By, 'actor'>): void {
  if (actor.kind === 'system' || may(FUND_PERMISSIONS, actor, action, subjectOf(fundId))) return
  throw new DomainError('fund.forbidden', `${action} is not yours to do with ${fundId}`, { fundId })
}

/** A fund as its id describes it. */
export function subjectOf(fundId: FundId): FundSubject {
  const parts = readFundId(fundId)
  const subject = { fundId, county: parts?.county ?? '' }
  return parts?.parent === undefined ? subject : { ...subject, parent: parts.parent }
}

/** Where a command comes from when nothing else is its source: the request itself. */
export function requestSource(by: By): Source {
  return { type: 'request', id: by.key }
}
