import type { InTransaction } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { systemActor } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import type { FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import { fundBroken } from './ledger-events.ts'
import type { LedgerStore } from './ledger-store.ts'
import { postCommands } from './post-commands.ts'
import { BrokenBook } from './refusal.ts'

/** Where broken books are counted. */
export interface BookMetrics {
  readonly brokenBooks: { inc(labels: { county: string }): void }
}

/** What stopping a broken book needs. */
export interface GuardServices {
  readonly ledger: LedgerStore
  readonly inTransaction: InTransaction
  /** Counts books that were stopped, where anybody looks at counters. */
  readonly metrics?: BookMetrics | undefined
}

/** Why a fund was frozen that nobody froze. */
export const BROKEN_BOOK_REASON = 'broken-book'

/**
 * Runs an action; when it would have broken a fund's book, stops that fund and tells its county before anybody else can post.
 *
 * The action itself has left nothing. The freeze is a transaction of its own, after the failed one.
 *
 * @throws DomainError `ledger.book_broken` in place of the BrokenBook; whatever else the action throws
 */
export async function guardBook<Answer>(services: GuardServices, action: () => Promise<Answer>): Promise<Answer> {
  try {
    return await action()
  } catch (error) {
    if (!(error instanceof BrokenBook)) throw error
    await stopFund(services, error.fundId)
    throw new DomainError('ledger.book_broken', error.message, { fundId: error.fundId })
  }
}

/** Freezes a fund in the name of the system. One that is frozen already stays so, and is told of once. */
async function stopFund({ ledger, inTransaction, metrics }: GuardServices, fundId: FundId): Promise<void> {
  const county = readFundId(fundId)?.county ?? ''
  metrics?.brokenBooks.inc({ county })
  const key = newId()
  const by: By = { actor: systemActor(county), key, bodyHash: `${BROKEN_BOOK_REASON} ${fundId}` }
  const source = { type: BROKEN_BOOK_REASON, id: key }
  try {
    await inTransaction(
      by,
      async (tx) => {
        const [entries] = await postCommands({ ledger }, tx, [
          { do: 'freeze-fund', fundId, reason: BROKEN_BOOK_REASON, source },
        ])
        tx.announce(fundBroken(fundId, entries?.[0]?.seq ?? 0))
        return null
      },
      { keepForever: true },
    )
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'fund.frozen')) throw error
  }
}
