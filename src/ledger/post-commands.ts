import type { Tx } from '../journal/index.ts'
import type { Command } from './command.ts'
import { decide, isRefused } from './decide.ts'
import type { DraftGround } from './draft-postings.ts'
import { draftPostings } from './draft-postings.ts'
import type { Entry } from './entry.ts'
import { amountFenOf } from './entry.ts'
import type { FundHead, FundId } from './fund.ts'
import { readFundId } from './fund.ts'
import { lotsTaken } from './goods.ts'
import type { Decision, Ground } from './ground.ts'
import { afterDecision } from './ground.ts'
import { fundOfHold } from './hold.ts'
import { fundLow, fundMoved, ledgerPosted } from './ledger-events.ts'
import type { LedgerStore } from './ledger-store.ts'
import { mergeDecisions } from './merge-decisions.ts'
import { fundsOf, inOrder } from './needs.ts'
import type { EntryKind } from './purposes.ts'
import { refuse } from './refusal.ts'
import type { SubAccount } from './sub-account.ts'
import { subsTakenFrom } from './sub-changes.ts'

export interface PostingServices {
  readonly ledger: LedgerStore
}

/** An entry as the answer of a command names it. */
export interface PostedEntry {
  readonly entryId: string
  readonly fundId: FundId
  /** Also the voucher number. */
  readonly seq: number
  readonly kind: EntryKind
  readonly amountFen: number
  readonly hash: string
  readonly holdId?: string
}

/**
 * Posts commands inside somebody's transaction: all of them or, when one is refused, none.
 *
 * Each stands on the one before it. One read of the heads, one compare-and-set per fund and one insert, however many commands.
 *
 * @returns the entries of each command, the named fund's first
 * @throws DomainError what the ledger refuses: `fund.insufficient`, `hold.not_pending`, `ledger.source_used` …
 */
export async function postCommands(
  { ledger }: PostingServices,
  tx: Tx,
  commands: readonly Command[],
): Promise<PostedEntry[][]> {
  const ground = await groundFor(ledger, tx, commands)
  const decisions = decideAll(ground, commands, tx)
  const merged = mergeDecisions(decisions)
  await ledger.write(tx, ground, merged)
  announce(tx, decisions)
  return decisions.map(({ entries }) => entries.map(answerOf))
}

async function groundFor(ledger: LedgerStore, tx: Tx, commands: readonly Command[]): Promise<Ground> {
  const fundIds = inOrder(commands.flatMap(fundsOf))
  for (const fundId of fundIds) requireCounty(fundId, tx.county)
  const holdIds = commands.flatMap((command) => ('holdId' in command ? [command.holdId] : []))
  const undone = await ledger.undone(
    tx,
    commands.flatMap((command) => ('entryId' in command ? [command.entryId] : [])),
  )
  const parts = commands.flatMap((command) => partsTaken(command, { ...undone, holds: new Map() }))
  return { ...(await ledger.ground(tx, { fundIds, holdIds, parts })), ...undone }
}

/** What ends a hold takes from real accounts only, so that nothing has to be known of the hold to say which parts are needed. */
function partsTaken(command: Command, known: DraftGround): SubAccount[] {
  if (command.do === 'post-hold')
    return lotsTaken(command.goods).map((sub) => ({ fundId: fundOfHold(command.holdId), account: 'inkind', sub }))
  return 'holdId' in command ? [] : subsTakenFrom(draftPostings(command, known))
}

/** Nobody reaches into another county's books, whatever id he sends. */
function requireCounty(fundId: FundId, county: string): void {
  if (readFundId(fundId)?.county !== county) refuse('fund.not_found', `No fund ${fundId}`, { fundId })
}

function decideAll(ground: Ground, commands: readonly Command[], tx: Tx): Decision[] {
  const decisions: Decision[] = []
  let standing = ground
  for (const command of commands) {
    const outcome = decide(standing, command, stampOf(tx))
    if (isRefused(outcome)) throw outcome.refusal
    countLines(tx, outcome.entries.length)
    decisions.push(outcome)
    standing = afterDecision(standing, outcome)
  }
  return decisions
}

function stampOf(tx: Tx): Parameters<typeof decide>[2] {
  const { actor, key, bodyHash } = tx.by
  const line = linesOf.get(tx) ?? 0
  return { at: tx.at, actor: actor.staffId, isPerson: actor.kind === 'staff', key, bodyHash, line }
}

/** How many entries a transaction has made so far: the steps of one action share its key. */
const linesOf = new WeakMap<Tx, number>()

function countLines(tx: Tx, added: number): void {
  linesOf.set(tx, (linesOf.get(tx) ?? 0) + added)
}

function announce(tx: Tx, decisions: readonly Decision[]): void {
  for (const { entries, heads, lows } of decisions) {
    entries.forEach((entry, index) => {
      if (entry.caseNo !== undefined) tx.announce(ledgerPosted(entry, entry.caseNo))
      tx.tell(fundMoved(entry, heads[index] as FundHead))
    })
    for (const low of lows) tx.announce(fundLow(low))
  }
}

function answerOf(entry: Entry): PostedEntry {
  const { _id, fundId, seq, kind, hash, hold } = entry
  return {
    entryId: _id,
    fundId,
    seq,
    kind,
    amountFen: amountFenOf(entry),
    hash,
    ...(hold ? { holdId: hold.id } : {}),
  }
}
