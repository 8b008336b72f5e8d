import { chinaDay, chinaMonth } from '../shared/china-day.ts'
import type { Command } from './command.ts'
import type { Entry } from './entry.ts'
import type { FundHead } from './fund.ts'
import type { Hold } from './hold.ts'

/** Who acts, when, and under which idempotency key. */
export interface Stamp {
  readonly at: Date
  /** Staff id. */
  readonly actor: string
  /** Whether the actor is a person: the system may resolve what it placed itself. */
  readonly isPerson: boolean
  readonly key: string
  /** How many entries the same key has made before this command. */
  readonly line: number
  readonly bodyHash: string
}

/** What all entries of an event have in common. */
export type SharedFields = Pick<
  Entry,
  | 'source'
  | 'effectiveOn'
  | 'lateFor'
  | 'bookedAt'
  | 'period'
  | 'actor'
  | 'approver'
  | 'reason'
  | 'evidence'
  | 'key'
  | 'bodyHash'
>

/**
 * The common fields of a command's entries.
 *
 * What ends a hold has the hold's source, whoever asks.
 *
 * @param at - the moment it is booked
 */
export function sharedFields(command: Command, hold: Hold | undefined, stamp: Stamp, at: Date): SharedFields {
  const source = 'source' in command ? command.source : hold?.source
  if (!source) throw new TypeError(`${command.do} has no source`)
  const { approver, reason, evidence, effectiveOn } = command
  return {
    source: { type: source.type, id: source.id },
    effectiveOn: effectiveOn ?? chinaDay(at),
    bookedAt: at.toISOString(),
    period: chinaMonth(at),
    actor: stamp.actor,
    ...(approver === undefined ? {} : { approver }),
    ...(reason === undefined ? {} : { reason }),
    evidence: evidence ?? [],
    key: stamp.key,
    bodyHash: stamp.bodyHash,
  }
}

/** Now, or one millisecond after the newest entry of the funds, should the clock have gone back. */
export function nextMoment(heads: readonly FundHead[], now: Date): Date {
  const earliest = heads.map(({ bookedAt }) => (bookedAt === '' ? 0 : new Date(bookedAt).getTime() + 1))
  return new Date(Math.max(now.getTime(), ...earliest))
}
