import type { Outcome, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { Command } from './command.ts'
import type { FundId } from './fund.ts'
import type { FundQueue } from './fund-queue.ts'
import type { Ground } from './ground.ts'
import type { GuardServices } from './guard-book.ts'
import { guardBook } from './guard-book.ts'
import type { LedgerStore } from './ledger-store.ts'
import type { PostedEntry } from './post-commands.ts'
import { decideForTx, postCommands, readGround, writeDecided } from './post-commands.ts'
import type { Decided } from './post-commands.ts'

export interface TurnServices extends GuardServices {
  readonly fundQueue: FundQueue
}

/** What a request asks of the ledger, and what it does with the entries. */
export interface Plan<Answer> {
  readonly commands: readonly Command[]
  /** Writes what follows and makes the answer, given the entries of each command. A refusal here costs the others their group. */
  settle(posted: PostedEntry[][]): Answer | Promise<Answer>
}

/** A request that posts, and may do so in one transaction with others. */
export interface Turn<Answer> {
  readonly by: By
  /** Every fund its commands may touch. */
  readonly fundIds: readonly FundId[]
  /** A record it writes besides the ledger's, such as `case:NO`: no two requests about one share a transaction. */
  readonly about?: string
  /** Reads and checks, then says what to post. Writes nothing. */
  plan(tx: Tx): Promise<Plan<Answer>> | Plan<Answer>
}

/**
 * Posts when the request's turn has come at its funds, together with whatever else waits then.
 *
 * Alone it is one transaction of its own. Together, each request is decided against the heads as those before it leave them, and keeps its own
 * request record, journal lines and outbox rows; one commit makes all of it lasting. When anything goes wrong for the group, nothing of it was
 * written and each request is run alone.
 *
 * @throws DomainError `fund.busy`, `outcome.unknown`, `ledger.book_broken`, what the plan and the ledger refuse
 */
export function takeTurn<Answer>(services: TurnServices, turn: Turn<Answer>): Promise<Answer> {
  const { by, fundIds, about } = turn
  const { county } = by.actor
  return services.fundQueue.share<Turn<unknown>, unknown>(fundIds, {
    item: turn,
    kind: county,
    alone: [`key:${by.key}`, ...(about === undefined ? [] : [about])],
    run: (turns) => (turns.length > 1 ? runTogether(services, turns) : runEach(services, turns)),
  }) as Promise<Answer>
}

async function runTogether(services: TurnServices, turns: readonly Turn<unknown>[]): Promise<Settled[]> {
  try {
    const outcomes = await services.inTransaction.together(
      turns.map(({ by }) => by),
      (txs) => postTogether(services, turns, txs),
    )
    return outcomes.map(settled)
  } catch {
    return runEach(services, turns)
  }
}

type Settled = PromiseSettledResult<unknown>

/** One after the other; once the database does not answer in time, the rest learn so without waiting as long again. */
async function runEach(services: TurnServices, turns: readonly Turn<unknown>[]): Promise<Settled[]> {
  const done: Settled[] = []
  let unknown: Settled | undefined
  for (const turn of turns) {
    const [outcome] = unknown ? [unknown] : await Promise.allSettled([runAlone(services, turn)])
    if (outcome.status === 'rejected' && isUnknown(outcome.reason)) unknown = outcome
    done.push(outcome)
  }
  return done
}

function isUnknown(reason: unknown): boolean {
  return reason instanceof DomainError && reason.code === 'outcome.unknown'
}

function runAlone(services: TurnServices, { by, plan }: Turn<unknown>): Promise<unknown> {
  const post = async (tx: Tx): Promise<unknown> => {
    const { commands, settle } = await plan(tx)
    return settle(await postCommands(services, tx, commands))
  }
  return guardBook(services, () => services.inTransaction(by, post, { keepForever: true }))
}

/** A request on its way through the group's transaction. */
interface Planned {
  readonly tx: Tx
  readonly plan: Plan<unknown> | DomainError
}

async function postTogether(
  { ledger }: TurnServices,
  turns: readonly Turn<unknown>[],
  txs: readonly Tx[],
): Promise<Outcome<unknown>[]> {
  const turnOf = new Map(turns.map((turn) => [turn.by, turn]))
  const planned: Planned[] = []
  for (const tx of txs) planned.push({ tx, plan: await planOf(turnOf.get(tx.by) as Turn<unknown>, tx) })
  const ground = await groundOfAll(ledger, planned)
  const decided = decideInTurn(ground, planned)
  await writeDecided(
    ledger,
    ground,
    decided.flatMap((one) => (one instanceof DomainError ? [] : [one])),
  )
  const outcomes: Outcome<unknown>[] = []
  for (const [index, one] of decided.entries())
    outcomes.push(one instanceof DomainError ? { refusal: one } : { answer: await settleOf(planned[index]?.plan, one) })
  return outcomes
}

async function planOf(turn: Turn<unknown>, tx: Tx): Promise<Planned['plan']> {
  try {
    return await turn.plan(tx)
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

async function groundOfAll(ledger: LedgerStore, planned: readonly Planned[]): Promise<Ground> {
  const commands = planned.flatMap(({ plan }) => (plan instanceof DomainError ? [] : plan.commands))
  return readGround(ledger, (planned[0] as Planned).tx, commands)
}

/** Each stands on what those before it leave; one that is refused leaves nothing. */
function decideInTurn(ground: Ground, planned: readonly Planned[]): (Decided | DomainError)[] {
  let standing = ground
  return planned.map(({ tx, plan }) => {
    if (plan instanceof DomainError) return plan
    try {
      const decided = decideForTx(standing, plan.commands, tx)
      standing = decided.standing
      return decided
    } catch (error) {
      if (error instanceof DomainError) return error
      throw error
    }
  })
}

function settleOf(plan: Planned['plan'] | undefined, { posted }: Decided): unknown {
  if (plan === undefined || plan instanceof DomainError) throw new TypeError('Only what was planned is decided')
  return plan.settle(posted)
}

function settled(outcome: Outcome<unknown>): Settled {
  return 'refusal' in outcome
    ? { status: 'rejected', reason: outcome.refusal }
    : { status: 'fulfilled', value: outcome.answer }
}
