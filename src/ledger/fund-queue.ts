import { DomainError } from '../shared/errors.ts'
import type { FundId } from './fund.ts'
import { inOrder } from './needs.ts'

/** Lets one action at a time at a fund, in the order they came. A storm of conflicts becomes waiting. */
export interface FundQueue {
  /**
   * Runs an action when its turn has come at all its funds.
   *
   * @throws DomainError `fund.busy` with `retryAfterMs` when too many wait already
   */
  run<Answer>(fundIds: readonly FundId[], action: () => Promise<Answer>): Promise<Answer>
}

/** Actions that may wait at one fund before the next is turned away. */
const DEPTH = 200

/** Weight of the newest action in the average duration. */
const NEWEST = 0.2

/** How long an action takes before any was measured. Milliseconds. */
const FIRST_GUESS_MS = 20

interface Line {
  waiting: number
  averageMs: number
  /** Settles when the last in line is done. */
  last: Promise<unknown>
}

/**
 * A queue per fund inside this process; another process is met at the head's compare-and-set.
 *
 * An action joins the lines of all its funds in one instant, so two actions can never wait for each other.
 */
export function createFundQueue(depth = DEPTH): FundQueue {
  const lines = new Map<FundId, Line>()

  return {
    async run(fundIds, action) {
      const ids = inOrder(fundIds)
      for (const id of ids) refuseWhenFull(id)
      const joined = ids.map(join)
      const ahead = Promise.all(joined.map(({ last }) => last))
      const done = ahead.then(() => timed(joined, action))
      const settled = done.catch(() => undefined)
      for (const line of joined) line.last = settled
      try {
        return await done
      } finally {
        ids.forEach(leave)
      }
    },
  }

  function refuseWhenFull(fundId: FundId): void {
    const line = lines.get(fundId)
    if (!line || line.waiting < depth) return
    const retryAfterMs = Math.ceil(line.waiting * line.averageMs)
    throw new DomainError('fund.busy', `${line.waiting} wait at ${fundId}`, { fundId, retryAfterMs })
  }

  function join(fundId: FundId): Line {
    const line = lines.get(fundId) ?? { waiting: 0, averageMs: FIRST_GUESS_MS, last: Promise.resolve() }
    line.waiting += 1
    lines.set(fundId, line)
    return line
  }

  function leave(fundId: FundId): void {
    const line = lines.get(fundId)
    if (!line) return
    line.waiting -= 1
    if (line.waiting === 0) lines.delete(fundId)
  }
}

async function timed<Answer>(joined: readonly Line[], action: () => Promise<Answer>): Promise<Answer> {
  const startedAt = performance.now()
  try {
    return await action()
  } finally {
    const ms = performance.now() - startedAt
    for (const line of joined) line.averageMs += (ms - line.averageMs) * NEWEST
  }
}
