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

/** Who made what is posted; whoever acts unless said: an approval books what another person proposed. */
export interface Making {
  /** Staff id. */
  readonly maker?: string
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
  making: Making = {},
): Promise<PostedEntry[][]> {
  const ground = await readGround(ledger, tx, commands)
  const decided = decideForTx(ground, commands, tx, making)
  await writeDecided(ledger, ground, [decided])
  return decided.posted
}

/**
 * What commands would post now. Writes nothing.
 *
 * @throws DomainError what the ledger would refuse
 */
export async function tryCommands(
  { ledger }: PostingServices,
  tx: Tx,
  commands: readonly Command[],
): Promise<PostedEntry[][]> {
  return decideForTx(await readGround(ledger, tx, commands), commands, tx).posted
}

/** What commands stand on. @throws DomainError `fund.not_found` for another county's */
export async function readGround(ledger: LedgerStore, tx: Tx, commands: readonly Command[]): Promise<Ground> {
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

/** What the commands of one request come to. */
export interface Decided {
  readonly tx: Tx
  readonly decisions: readonly Decision[]
  /** The ground after them: what the next request of the same transaction stands on. */
  readonly standing: Ground
  readonly posted: PostedEntry[][]
}

/** Decides the commands of one request, each on the one before it. Writes nothing. @throws DomainError what the ledger refuses */
export function decideForTx(ground: Ground, commands: readonly Command[], tx: Tx, making: Making = {}): Decided {
  const decisions: Decision[] = []
  let standing = ground
  let line = linesOf.get(tx) ?? 0
  for (const command of commands) {
    const outcome = decide(standing, command, stampOf(tx, line, making))
    if (isRefused(outcome)) throw outcome.refusal
    line += outcome.entries.length
    decisions.push(outcome)
    standing = afterDecision(standing, outcome)
  }
  return { tx, decisions, standing, posted: decisions.map(({ entries }) => entries.map(answerOf)) }
}

/** Writes what requests of one transaction came to, as one decision, and tells of it in the name of each. */
export async function writeDecided(ledger: LedgerStore, ground: Ground, decided: readonly Decided[]): Promise<void> {
  const [first] = decided
  if (!first) return
  await ledger.write(first.tx, ground, mergeDecisions(decided.flatMap(({ decisions }) => decisions)))
  for (const { tx, decisions } of decided) {
    for (const { entries } of decisions) countLines(tx, entries.length)
    announce(tx, decisions)
  }
}

function stampOf(tx: Tx, line: number, { maker }: Making): Parameters<typeof decide>[2] {
  const { actor, key, bodyHash } = tx.by
  return { at: tx.at, actor: maker ?? actor.staffId, isPerson: actor.kind === 'staff', key, bodyHash, line }
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
