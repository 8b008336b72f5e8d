import type { Sent } from '../../../scripts/torture/ledger-world.ts'
import type { Command } from '../../../src/ledger/command.ts'
import { decide, isRefused } from '../../../src/ledger/decide.ts'
import type { Entry } from '../../../src/ledger/entry.ts'
import { afterDecision, NO_GROUND } from '../../../src/ledger/ground.ts'

/** What really happened, as the clients saw it and as the books have it. */
export interface History {
  readonly sent: readonly Sent[]
  /** What opened the books before the clients came. */
  readonly opening: readonly { readonly key: string; readonly command: Command }[]
  /** All entries of all funds. */
  readonly entries: readonly Entry[]
}

/**
 * Checks a history of parallel clients, after Jepsen's manner: one order explains it.
 *
 * Replayed in the order of the books, every command makes the very entries that stand there; what was acknowledged is there, what was refused is
 * not; and whatever was answered before something else was sent, stands before it.
 *
 * @throws Error saying what no order explains
 */
export function checkHistory({ sent, opening, entries }: History): void {
  const commands = new Map([...opening, ...sent].map(({ key, command }) => [key, command]))
  replay(entries, commands)
  const byId = new Map(entries.map((entry) => [entry._id, entry]))
  for (const { key, reply } of sent) {
    const made = entries.filter((entry) => entry.key === key)
    const entry = byId.get(reply?.entryId ?? '')
    if (reply?.outcome === 'posted' && (entry?.key !== key || entry.hash !== reply.hash))
      throw new Error(`${key} was acknowledged as ${reply.entryId}, which is not there`)
    if (reply?.outcome === 'refused' && made.length > 0)
      throw new Error(`${key} was refused and yet made ${made[0]?._id}`)
  }
  checkRealTime(sent, byId)
}

/** Runs every command again when all its entries are next in their funds. */
function replay(entries: readonly Entry[], commands: ReadonlyMap<string, Command>): void {
  const left = new Map<string, Entry[]>()
  for (const entry of entries) left.set(entry.key, [...(left.get(entry.key) ?? []), entry])
  let ground = NO_GROUND
  while (left.size > 0) {
    const next = [...left].find(([, made]) =>
      made.every(({ fundId, seq }) => (ground.heads.get(fundId)?.seq ?? 0) === seq - 1),
    )
    if (!next) throw new Error(`${left.size} commands that cannot follow each other`)
    const [key, made] = next
    left.delete(key)
    const command = commands.get(key)
    const [first] = made
    if (!command || !first) throw new Error(`Nobody sent ${key}`)
    const { actor, bodyHash, bookedAt } = first
    const stamp = { at: new Date(bookedAt), actor, isPerson: true, key, line: 0, bodyHash }
    const outcome = decide(ground, command, stamp)
    if (isRefused(outcome)) throw new Error(`${first._id} stands where it would be refused: ${outcome.refusal.code}`)
    const hashes = (all: readonly Entry[]): string =>
      all
        .map(({ hash }) => hash)
        .sort()
        .join()
    if (hashes(outcome.entries) !== hashes(made)) throw new Error(`${first._id} is not what its command makes there`)
    ground = afterDecision(ground, outcome)
  }
}

/** Answered before the other was sent: its entry comes first. */
function checkRealTime(sent: readonly Sent[], byId: ReadonlyMap<string, Entry>): void {
  const posted = sent.flatMap(({ startedAt, answeredAt, reply }) => {
    const entry = byId.get(reply?.entryId ?? '')
    return entry && answeredAt !== undefined ? [{ startedAt, answeredAt, entry }] : []
  })
  for (const one of posted)
    for (const other of posted)
      if (
        one.entry.fundId === other.entry.fundId &&
        one.answeredAt < other.startedAt &&
        one.entry.seq >= other.entry.seq
      )
        throw new Error(`${one.entry._id} was answered before ${other.entry._id} was sent`)
}
