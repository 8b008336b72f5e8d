import type { Rule } from '../policy/index.ts'

/**
 * RUNNING until it is met, missed, called off or paused. BREACHED stays for ever, also when the thing is done afterwards: `metAt` then says
 * when, and it counts as late.
 */
export type DeadlineState = 'RUNNING' | 'PAUSED' | 'MET' | 'BREACHED' | 'CANCELLED'

/** A named clock of a case, a decision, a meeting: what has to be done, by whom, until when, and by which rule. */
export interface Deadline {
  readonly _id: string
  readonly county: string
  /** The stream of the thing it belongs to: `case:NO`, `meeting:ID`. */
  readonly subject: string
  /** What has to be done: `dispatch.ack`. A step may follow: `dispatch.step.2`. */
  readonly name: string
  /** The part of the subject it is about, where there can be several: `decision:ID`. */
  readonly about?: string
  readonly state: DeadlineState
  /** Still owed: running, paused, or missed and not done since. */
  readonly isOpen: boolean
  /** Who owes it: a unit, and the person where one is named. */
  readonly unit: string
  readonly staffId?: string
  readonly startedAt: Date
  /** Missed at this very instant. */
  readonly dueAt: Date
  readonly remindAt?: Date
  readonly rule: Rule
  /** When the firing has to look at it next: the reminder, then the due time. Only while it runs. */
  readonly nextAt?: Date
  readonly remindedAt?: Date
  readonly pausedAt?: Date
  readonly metAt?: Date
  readonly breachedAt?: Date
  readonly cancelledAt?: Date
  readonly cancelReason?: string
  /** Years whose working days were only guessed when the due time was calculated. */
  readonly unknownYears?: readonly number[]
  /** What its due time was before, oldest first. */
  readonly history: readonly DeadlineChange[]
  readonly version: number
}

/** A change of a running clock: the old due time is kept. */
export interface DeadlineChange {
  readonly at: Date
  readonly what: 'moved' | 'paused' | 'resumed' | 'handed_over'
  readonly dueAt: Date
  readonly state: DeadlineState
  /** Code of the reason; the words of it stand with the case. */
  readonly reason: string
  readonly staffId: string
  /** Who agreed to a pause. */
  readonly approvedBy?: string
}

/** A clock about to start. */
export type NewDeadline = Pick<
  Deadline,
  'subject' | 'name' | 'unit' | 'startedAt' | 'dueAt' | 'rule' | 'about' | 'staffId' | 'remindAt'
>

/** Whether the firing has something to do about it now. */
export function isDue({ state, nextAt }: Pick<Deadline, 'state' | 'nextAt'>, at: Date): boolean {
  return state === 'RUNNING' && nextAt !== undefined && nextAt <= at
}

/** Whether a name is one of those asked for; a name also stands for its steps. */
export function isNamed({ name }: Pick<Deadline, 'name'>, names: readonly string[]): boolean {
  return names.some((wanted) => name === wanted || name.startsWith(`${wanted}.`))
}

/** The first due time among clocks that run or were missed; undefined when none is owed. */
export function nearestDueAt(deadlines: readonly Deadline[]): Date | undefined {
  return nearestOf(deadlines)?.dueAt
}

/** The clock that matters first: what is missed stands before what runs, because it was due earlier. */
export function nearestOf(deadlines: readonly Deadline[]): Deadline | undefined {
  return deadlines
    .filter(({ isOpen, state }) => isOpen && state !== 'PAUSED')
    .reduce<Deadline | undefined>((first, next) => (first && first.dueAt <= next.dueAt ? first : next), undefined)
}
