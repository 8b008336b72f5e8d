import type { Tx } from '../journal/index.ts'
import type { CommandOf } from './command.ts'
import type { PostedEntry, PostingServices } from './post-commands.ts'
import { postCommands } from './post-commands.ts'

export type ConfirmAdvanceInput = Omit<CommandOf<'confirm-advance'>, 'do'>
export type ReplenishInput = Omit<CommandOf<'replenish'>, 'do'>

/**
 * The papers of an advance are complete: the township may claim the sum (`claim / advance`); what the county advanced is its expense
 * (`c_expense / c_advance`).
 *
 * @throws DomainError `ledger.over_balance` when the case has less open in this fund (details `openFen`, `wantedFen`)
 */
export async function confirmAdvance(
  services: PostingServices,
  tx: Tx,
  input: ConfirmAdvanceInput,
): Promise<PostedEntry> {
  return only(await postCommands(services, tx, [{ do: 'confirm-advance', ...input }]))
}

/** Confirms what several funds advanced in one case, such as a township and the county: all, or none. */
export async function confirmAdvances(
  services: PostingServices,
  tx: Tx,
  inputs: readonly ConfirmAdvanceInput[],
): Promise<PostedEntry[]> {
  const posted = await postCommands(
    services,
    tx,
    inputs.map((input) => ({ do: 'confirm-advance', ...input })),
  )
  return posted.map((entries) => only([entries]))
}

/**
 * The county refunds confirmed claims: `bank / claim` in the fund, `c_expense / c_bank` in the county, as one event.
 *
 * @returns the fund's entry, then the county's
 * @throws DomainError `ledger.over_balance` for a line that was never confirmed or was refunded, `fund.insufficient` when the county
 *   has not so much
 */
export async function replenish(services: PostingServices, tx: Tx, input: ReplenishInput): Promise<PostedEntry[]> {
  const [entries] = await postCommands(services, tx, [{ do: 'replenish', ...input }])
  return entries ?? []
}

function only([entries]: readonly (readonly PostedEntry[])[]): PostedEntry {
  const [entry] = entries ?? []
  if (!entry) throw new TypeError('A command makes an entry')
  return entry
}
