import type { Fen } from '../shared/fen.ts'
import type { Command, CommandOf } from './command.ts'
import type { Entry } from './entry.ts'
import { movedFen } from './entry.ts'
import { fen } from '../shared/fen.ts'
import { valueFenOf } from './goods.ts'
import type { Hold } from './hold.ts'
import { refuse } from './refusal.ts'

/** Who resolves a hold, and when. */
interface Resolver {
  readonly at: Date
  readonly actor: string
  readonly isPerson: boolean
}

/**
 * Refuses to resolve a hold twice, beyond its amount, before its time, or by the person who decided it.
 *
 * Who decides does not pay: source, "decider ≠ cashier" of the ledger rules. Domains above check it with better words; this is the
 * last door.
 *
 * @throws DomainError `hold.not_pending`, `hold.over_amount`, `hold.not_due`, `hold.same_person`
 */
export function checkResolution(command: Command, hold: Hold, by: Resolver): void {
  const { holdId, status, amountFen, expiresAt } = hold
  if (status !== 'pending') refuse('hold.not_pending', `${holdId} is ${status}`, { holdId, status })
  if (command.do === 'post-hold') {
    if (paidFenOf(command, hold) > amountFen)
      refuse('hold.over_amount', `${holdId} holds ${amountFen} fen`, { holdId, heldFen: amountFen })
    if (by.isPerson && by.actor === hold.placedBy)
      refuse('hold.same_person', `${holdId} was decided by the same person`, { holdId })
  }
  if (command.do === 'expire-hold' && !(expiresAt !== undefined && by.at >= new Date(expiresAt)))
    refuse('hold.not_due', `${holdId} has not expired yet`, { holdId, ...(expiresAt ? { expiresAt } : {}) })
}

/** What a command pays out of a hold: the sum it says, or what the goods are worth, or all of it. Fen. */
export function paidFenOf({ amountFen, goods }: CommandOf<'post-hold'>, hold: Hold): Fen {
  return amountFen ?? (goods ? (valueFenOf(goods) as Fen) : hold.amountFen)
}

/** The hold as an entry leaves it; nothing when the entry touches none. */
export function holdAfter(entry: Entry, before: Hold | undefined): Hold | undefined {
  const note = entry.hold
  if (!note) return undefined
  if (note.change !== 'placed') return before && resolved(before, entry, note.change)
  const { purpose, expiresAt } = note
  return {
    holdId: note.id,
    fundId: entry.fundId,
    county: entry.county,
    account: note.account,
    amountFen: note.amountFen,
    status: 'pending',
    purpose: purpose as NonNullable<typeof purpose>,
    source: entry.source,
    placedBy: entry.actor,
    placedAt: entry.bookedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    openSeq: entry.seq,
  }
}

function resolved(before: Hold, entry: Entry, status: 'posted' | 'voided' | 'expired'): Hold {
  const closed = { ...before, status, closeSeq: entry.seq }
  return status === 'posted' ? { ...closed, postedFen: fen(movedFen(entry)) } : closed
}
