import type { Command } from '../../src/ledger/command.ts'
import type { CrashPoint } from '../../src/platform/crash-point.ts'

/** Where a booking process dies. `random` is done to it from outside. */
export const CRASHES = ['afterCommitBeforeReply', 'beforeCommit', 'random', 'afterEntry', 'afterHeadCas'] as const

export type Crash = CrashPoint | 'random' | 'never'

/** One command for a booking process. */
export interface Request {
  readonly id: number
  readonly county: string
  readonly actor: string
  readonly key: string
  readonly command: Command
  /** What that process's clock shows. RFC 3339; the true time when left out. */
  readonly at?: string
}

/** What came of it. `failed` is not an answer: the same key is to be sent again. */
export interface Reply {
  readonly id: number
  readonly outcome: 'posted' | 'refused' | 'failed'
  readonly code?: string
  readonly entryId?: string
  readonly hash?: string
  readonly holdId?: string
  /** When turned away: how long to stay away. Milliseconds. */
  readonly retryAfterMs?: number
}
