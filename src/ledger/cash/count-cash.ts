import type { InTransaction, Tx } from '../../journal/index.ts'
import type { Actor, By } from '../../shared/actor.ts'
import { chinaDay } from '../../shared/china-day.ts'
import { DomainError } from '../../shared/errors.ts'
import { fen } from '../../shared/fen.ts'
import { newId } from '../../shared/ids.ts'
import { may } from '../../shared/permissions.ts'
import { subjectOf, withFundQueue } from '../act-on-fund.ts'
import type { FundId } from '../fund.ts'
import { balanceOf } from '../fund.ts'
import type { FundQueue } from '../fund-queue.ts'
import type { LedgerStore } from '../ledger-store.ts'
import { postCommands } from '../post-commands.ts'
import type { CashCount, Pieces } from './cash-count.ts'
import { cashCountId, hasTill, worthOf } from './cash-count.ts'
import type { CashAction } from './cash-permissions.ts'
import { CASH_PERMISSIONS } from './cash-permissions.ts'
import type { CashCountStore } from './cash-store.ts'

export interface CountCashServices {
  readonly ledger: LedgerStore
  readonly cashCounts: CashCountStore
  readonly fundQueue: FundQueue
  readonly inTransaction: InTransaction
}

/** What the custodian found in the till. */
export interface CountInput {
  readonly fundId: FundId
  /** Fen, 0 or more; left out where pieces say it. */
  readonly countedFen?: number | undefined
  readonly pieces?: readonly Pieces[] | undefined
}

/** A count as its people are answered. */
export interface CountAnswer {
  readonly id: string
  readonly state: CashCount['state']
  readonly countedFen: number
  readonly bookFen: number
  readonly differenceFen: number
  readonly entryId?: string
}

interface OneCount {
  readonly fundId: FundId
  readonly id: string
}

/**
 * Enters what the custodian counted in the till, beside what the book says at this moment. It waits for its witness.
 *
 * @throws DomainError `fund.forbidden`, `fund.not_found`, `count.no_till`, `count.sum_differs`, `count.sum_missing`, `count.waits_already`
 */
export async function enterCount(services: CountCashServices, input: CountInput, by: By): Promise<CountAnswer> {
  const { fundId, pieces } = input
  requireCashPermission('cash.count', fundId, by)
  if (!hasTill(fundId)) throw new DomainError('count.no_till', `${fundId} keeps no cash`, { fundId })
  const countedFen = countedIn(input)
  return withFundQueue(services, [fundId], () =>
    services.inTransaction(by, async (tx) => {
      const ground = await services.ledger.ground(tx, { fundIds: [fundId], holdIds: [], parts: [] })
      const head = ground.heads.get(fundId)
      if (!head) throw new DomainError('fund.not_found', `No fund ${fundId}`, { fundId })
      const id = newId()
      const bookFen = balanceOf(head, 'cash')
      const count: CashCount = {
        _id: cashCountId(tx.county, id),
        county: tx.county,
        id,
        version: 1,
        fundId,
        on: chinaDay(tx.at),
        state: 'ENTERED',
        countedFen,
        bookFen,
        bookSeq: head.seq,
        differenceFen: countedFen - bookFen,
        ...(pieces && pieces.length > 0 ? { pieces } : {}),
        countedBy: by.actor.staffId,
        countedAt: tx.at,
      }
      await services.cashCounts.insert(tx, count)
      announce(tx, 'cash.counted', count)
      return answerOf(count)
    }),
  )
}

/**
 * The witness confirms a count. A difference is booked now, through `suspense`; without one nothing is booked.
 *
 * @throws DomainError `fund.forbidden`, `count.not_found`, `count.not_waiting`, `count.same_person`, and what the ledger refuses
 */
export async function confirmCount(
  services: CountCashServices,
  { fundId, id }: OneCount,
  by: By,
): Promise<CountAnswer> {
  requireCashPermission('cash.witness', fundId, by)
  return withFundQueue(services, [fundId], () =>
    services.inTransaction(
      by,
      async (tx) => {
        const before = await waiting(services, tx, { fundId, id })
        const entryId = before.differenceFen === 0 ? undefined : await bookDifference(services, tx, before)
        const after = await services.cashCounts.save(tx, before, {
          ...before,
          state: 'CONFIRMED',
          witness: by.actor.staffId,
          witnessedAt: tx.at,
          ...(entryId === undefined ? {} : { entryId }),
        })
        announce(tx, 'cash.count_confirmed', after)
        return answerOf(after)
      },
      { keepForever: true },
    ),
  )
}

/**
 * The witness does not stand by a count; it stays in the history and the till is counted again.
 *
 * @throws DomainError `fund.forbidden`, `count.not_found`, `count.not_waiting`, `count.same_person`
 */
export async function refuseCount(services: CountCashServices, { fundId, id }: OneCount, by: By): Promise<CountAnswer> {
  requireCashPermission('cash.witness', fundId, by)
  return services.inTransaction(by, async (tx) => {
    const before = await waiting(services, tx, { fundId, id })
    const after = await services.cashCounts.save(tx, before, {
      ...before,
      state: 'REFUSED',
      witness: by.actor.staffId,
      witnessedAt: tx.at,
    })
    announce(tx, 'cash.count_refused', after)
    return answerOf(after)
  })
}

/** @throws DomainError `fund.forbidden` */
export function requireCashPermission(action: CashAction, fundId: FundId, { actor }: { readonly actor: Actor }): void {
  if (may(CASH_PERMISSIONS, actor, action, subjectOf(fundId))) return
  throw new DomainError('fund.forbidden', `${action} is not yours to do with ${fundId}`, { fundId })
}

/** @throws DomainError `count.sum_differs`, `count.sum_missing` */
function countedIn({ countedFen, pieces = [] }: CountInput): number {
  const worthFen = worthOf(pieces)
  if (pieces.length === 0) {
    if (countedFen === undefined) throw new DomainError('count.sum_missing', 'Nothing was counted')
    return countedFen
  }
  if (countedFen !== undefined && countedFen !== worthFen)
    throw new DomainError('count.sum_differs', 'Pieces and sum do not agree', { countedFen, worthFen })
  return worthFen
}

/** @throws DomainError `count.not_found`, `count.not_waiting`, `count.same_person` */
async function waiting({ cashCounts }: CountCashServices, tx: Tx, { fundId, id }: OneCount): Promise<CashCount> {
  const found = await cashCounts.get(tx, id)
  if (found.fundId !== fundId) throw new DomainError('count.not_found', `No count ${id}`)
  if (found.state !== 'ENTERED')
    throw new DomainError('count.not_waiting', 'It was confirmed or refused before', { id })
  if (found.countedBy === tx.by.actor.staffId)
    throw new DomainError('count.same_person', 'Whoever counted cannot be the witness', { id })
  return found
}

async function bookDifference(services: CountCashServices, tx: Tx, count: CashCount): Promise<string> {
  const { fundId, id, differenceFen, countedBy, on } = count
  const [posted] = await postCommands(services, tx, [
    {
      do: differenceFen < 0 ? 'book-shortage' : 'book-surplus',
      fundId,
      account: 'cash',
      amountFen: fen(Math.abs(differenceFen)),
      effectiveOn: on,
      approver: countedBy,
      source: { type: 'cash-count', id },
    },
  ])
  const [entry] = posted ?? []
  if (!entry) throw new TypeError('A command makes an entry')
  return entry.entryId
}

function announce(tx: Tx, type: string, { id, fundId, countedFen, bookFen, differenceFen, entryId }: CashCount): void {
  tx.announce({
    stream: `cash:${fundId}`,
    type,
    data: { countId: id, fundId, countedFen, bookFen, differenceFen, entryId },
  })
}

function answerOf({ id, state, countedFen, bookFen, differenceFen, entryId }: CashCount): CountAnswer {
  return { id, state, countedFen, bookFen, differenceFen, ...(entryId === undefined ? {} : { entryId }) }
}
