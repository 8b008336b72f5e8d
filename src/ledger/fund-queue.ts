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
  /**
   * Takes part in the next group of its kind for which its turn has come; those that wait at one fund come after each other in it.
   *
   * @throws DomainError `fund.busy` as `run`
   */
  share<Item, Answer>(fundIds: readonly FundId[], part: Part<Item, Answer>): Promise<Answer>
}

/** What may share a transaction with others. */
export interface Part<Item, Answer> {
  readonly item: Item
  /** Only parts of the same kind share, and one group of a kind runs at a time: what comes meanwhile makes the next. */
  readonly kind: string
  /** What no two parts of a group may have in common: an idempotency key, a record that both would write. */
  readonly alone: readonly string[]
  /** Runs a group, in the order given; parts of a kind bring the same one. */
  run(items: readonly Item[]): Promise<readonly PromiseSettledResult<Answer>[]>
}

export interface FundQueueOptions {
  /** Actions that may wait at one fund before the next is turned away. */
  readonly depth?: number
  /** Parts of a group at most; with 1 every part is a group of its own. */
  readonly share?: number
}

const DEPTH = 200

/** Source: ledger research 2.4, which takes up to 64. */
const SHARE = 64

/** Weight of the newest action in the average duration. */
const NEWEST = 0.2

/** How long an action takes before any was measured. Milliseconds. */
const FIRST_GUESS_MS = 20

interface Line {
  waiting: number
  averageMs: number
}

/** Somebody who waits for a turn at some funds. */
interface Waiting {
  readonly fundIds: readonly FundId[]
  readonly part?: AnyPart
  readonly settle: (outcome: PromiseSettledResult<unknown>) => void
  /** What to run when there is no part. */
  readonly action?: () => Promise<unknown>
}

type AnyPart = Part<unknown, unknown>

/** Takers of turns: an action alone, or the group of a kind. */
interface Group {
  readonly members: Waiting[]
  readonly alone: Set<string>
}

/**
 * A queue per fund inside this process; another process is met at the head's compare-and-set.
 *
 * Whoever waits stands in the lines of all his funds from one instant, so two can never wait for each other.
 */
export function createFundQueue({ depth = DEPTH, share = SHARE }: FundQueueOptions = {}): FundQueue {
  const lines = new Map<FundId, Line>()
  const waiting: Waiting[] = []
  const taken = new Set<FundId>()
  const kindsAtWork = new Set<string>()
  let isLooking = false

  return {
    run: (fundIds, action) => wait(fundIds, { action }),
    share: (fundIds, part) => wait(fundIds, share > 1 ? { part } : { action: () => runOne(part) }),
  }

  function wait<Answer>(funds: readonly FundId[], work: Pick<Waiting, 'action' | 'part'>): Promise<Answer> {
    const fundIds = inOrder(funds)
    return new Promise<Answer>((resolve, reject) => {
      for (const id of fundIds) refuseWhenFull(id)
      fundIds.forEach(join)
      const settle: Waiting['settle'] = (outcome) => {
        fundIds.forEach(leave)
        if (outcome.status === 'fulfilled') resolve(outcome.value as Answer)
        else reject(outcome.reason as Error)
      }
      waiting.push({ fundIds, settle, ...work })
      lookSoon(queueMicrotask)
    })
  }

  /** Looks once for all that come until then; after a group a moment later, so that those just answered may come back first. */
  function lookSoon(defer: (look: () => void) => void): void {
    if (isLooking) return
    isLooking = true
    defer(() => {
      isLooking = false
      look()
    })
  }

  /** Gives turns to whom nobody is before, in the order they came. */
  function look(): void {
    const before = new Set(taken)
    const groups = new Map<string, Group>()
    const inGroup = new Map<FundId, string>()
    const starting: Waiting[] = []
    for (const one of waiting) {
      const { part, fundIds } = one
      const mayTake = (id: FundId): boolean => !before.has(id) || (part !== undefined && inGroup.get(id) === part.kind)
      const joins = fundIds.every(mayTake) && (part === undefined || joinGroup(groups, one, part))
      if (joins && part === undefined) starting.push(one)
      for (const id of fundIds) {
        before.add(id)
        if (joins && part) inGroup.set(id, part.kind)
        else inGroup.delete(id)
      }
    }
    for (const one of starting) start([one], () => runAlone(one))
    for (const [kind, { members }] of groups) {
      kindsAtWork.add(kind)
      start(members, () => runGroup(members), kind)
    }
  }

  function joinGroup(groups: Map<string, Group>, one: Waiting, { kind, alone }: AnyPart): boolean {
    if (kindsAtWork.has(kind)) return false
    const group = groups.get(kind) ?? { members: [], alone: new Set() }
    if (group.members.length >= share || alone.some((mark) => group.alone.has(mark))) return false
    group.members.push(one)
    for (const mark of alone) group.alone.add(mark)
    groups.set(kind, group)
    return true
  }

  function start(members: readonly Waiting[], run: () => Promise<void>, kind?: string): void {
    const fundIds = [...new Set(members.flatMap((one) => one.fundIds))]
    for (const one of members) waiting.splice(waiting.indexOf(one), 1)
    for (const id of fundIds) taken.add(id)
    const startedAt = performance.now()
    void run().finally(() => {
      const ms = (performance.now() - startedAt) / members.length
      for (const id of fundIds) {
        taken.delete(id)
        measure(id, ms)
      }
      if (kind !== undefined) kindsAtWork.delete(kind)
      lookSoon(kind === undefined ? queueMicrotask : setImmediate)
    })
  }

  function refuseWhenFull(fundId: FundId): void {
    const line = lines.get(fundId)
    if (!line || line.waiting < depth) return
    const retryAfterMs = Math.ceil(line.waiting * line.averageMs)
    throw new DomainError('fund.busy', `${line.waiting} wait at ${fundId}`, { fundId, retryAfterMs })
  }

  function join(fundId: FundId): void {
    const line = lines.get(fundId) ?? { waiting: 0, averageMs: FIRST_GUESS_MS }
    line.waiting += 1
    lines.set(fundId, line)
  }

  function leave(fundId: FundId): void {
    const line = lines.get(fundId)
    if (!line) return
    line.waiting -= 1
    if (line.waiting === 0) lines.delete(fundId)
  }

  function measure(fundId: FundId, ms: number): void {
    const line = lines.get(fundId)
    if (line) line.averageMs += (ms - line.averageMs) * NEWEST
  }
}

async function runAlone({ action, settle }: Waiting): Promise<void> {
  const [outcome] = await Promise.allSettled([action?.()])
  settle(outcome)
}

async function runOne({ item, run }: AnyPart): Promise<unknown> {
  const [outcome] = await run([item])
  if (outcome?.status === 'fulfilled') return outcome.value
  throw outcome ? (outcome.reason as Error) : new TypeError('A group answers each of its parts')
}

/** Whatever goes wrong for the group goes wrong for each. */
async function runGroup(members: readonly Waiting[]): Promise<void> {
  const parts = members.flatMap(({ part }) => part ?? [])
  const run = parts[0]?.run
  const [done] = await Promise.allSettled([run?.(parts.map(({ item }) => item))])
  members.forEach(({ settle }, index) => {
    const outcome = done.status === 'fulfilled' ? done.value?.[index] : done
    settle(outcome ?? { status: 'rejected', reason: new TypeError('A group answers each of its parts') })
  })
}
