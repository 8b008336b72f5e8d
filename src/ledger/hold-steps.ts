import type { Tx } from '../journal/index.ts'
import type { Command, CommandOf } from './command.ts'
import type { PostedEntry, PostingServices } from './post-commands.ts'
import { postCommands } from './post-commands.ts'

/** What one promise needs to be told. */
export type HoldInput = Omit<CommandOf<'place-hold'>, 'do'>

/** What a payment out of a promise needs to be told; its amount is all that was held unless said. */
export type PostHoldInput = Omit<CommandOf<'post-hold'>, 'do'>

/** What ends a promise unpaid. */
export type ReleaseHoldInput = Omit<CommandOf<'void-hold'>, 'do'>

/** The entry of a hold, and the hold's id to keep beside the payment order. */
export interface HoldEntry extends PostedEntry {
  readonly holdId: string
}

/**
 * Promises money for a payment order, inside the transaction that decides it.
 *
 * @param input - `source` names the payment order; a second hold for it is refused, whatever key is used
 * @throws DomainError `fund.insufficient` (details `freeFen`, `wantedFen`), `fund.frozen`, `fund.not_found`, `ledger.source_used`,
 *   `ledger.purpose_forbidden`
 */
export async function placeHold(services: PostingServices, tx: Tx, input: HoldInput): Promise<HoldEntry> {
  return holdEntry((await placeHolds(services, tx, [input]))[0])
}

/** Promises money for several payment orders of one decision: all, or none. One write however many. */
export async function placeHolds(
  services: PostingServices,
  tx: Tx,
  inputs: readonly HoldInput[],
): Promise<HoldEntry[]> {
  const posted = await postCommands(
    services,
    tx,
    inputs.map((input): Command => ({ do: 'place-hold', ...input })),
  )
  return posted.map(([entry]) => holdEntry(entry))
}

/**
 * Pays out of a promise: `advance / cash` and so on, as the promise says.
 *
 * @throws DomainError `hold.not_found`, `hold.not_pending`, `hold.over_amount`, `hold.same_person`, `fund.frozen`
 */
export async function postHold(services: PostingServices, tx: Tx, input: PostHoldInput): Promise<HoldEntry> {
  return resolve(services, tx, { do: 'post-hold', ...input })
}

/**
 * Takes a promise back: refused, failed, withdrawn. The money is free again.
 *
 * @throws DomainError `hold.not_found`, `hold.not_pending`, `fund.frozen`
 */
export async function voidHold(services: PostingServices, tx: Tx, input: ReleaseHoldInput): Promise<HoldEntry> {
  return resolve(services, tx, { do: 'void-hold', ...input })
}

/**
 * Ends a promise whose time is over; never before.
 *
 * @throws DomainError `hold.not_found`, `hold.not_pending`, `hold.not_due`, `fund.frozen`
 */
export async function expireHold(services: PostingServices, tx: Tx, input: ReleaseHoldInput): Promise<HoldEntry> {
  return resolve(services, tx, { do: 'expire-hold', ...input })
}

async function resolve(services: PostingServices, tx: Tx, command: Command): Promise<HoldEntry> {
  const [posted] = await postCommands(services, tx, [command])
  return holdEntry(posted?.[0])
}

function holdEntry(entry: PostedEntry | undefined): HoldEntry {
  if (entry?.holdId === undefined) throw new TypeError('An entry of a hold names its hold')
  return { ...entry, holdId: entry.holdId }
}
