import type { Tx } from '../journal/index.ts'
import type { Calendars } from '../policy/index.ts'
import type { Deadline, NewDeadline } from './deadline.ts'
import type { DeadlineStore } from './deadline-store.ts'

/** Which clocks of a subject are meant: by name, and by the part of the subject where there can be several. */
export interface WhichDeadlines {
  /** A name also stands for its steps: `dispatch.step` for `dispatch.step.2`. */
  readonly names?: readonly string[]
  readonly about?: string
  /** Only what this member of staff owes. */
  readonly owedBy?: string
}

/** What is still owed after a step. */
export interface StillOwed {
  /** Undefined when nothing is owed any more. */
  readonly nearestDueAt: Date | undefined
  readonly open: readonly Deadline[]
  /** The clocks the step changed. */
  readonly changed: readonly Deadline[]
}

/** A new due time. */
export interface MoveDeadlines extends WhichDeadlines {
  readonly dueAt: Date
  readonly remindAt?: Date
  /** Where the clock starts now, when its start was corrected. */
  readonly startedAt?: Date
  /** Code of the reason, e.g. `emergency_end_corrected`. */
  readonly reason: string
}

/** Who owes it from now on. */
export interface HandOverDeadlines extends WhichDeadlines {
  readonly unit: string
  readonly staffId?: string
  readonly reason: string
}

/** A pause, or its end. */
export interface PauseDeadlines extends WhichDeadlines {
  readonly reason: string
  /** Staff id of who agreed. */
  readonly approvedBy?: string
}

/** Steps on the clocks of a subject, inside the transaction of the change that causes them. */
export interface DeadlineSteps {
  /** Starts clocks with one insert. Writes no journal line: the fact of the case names what it starts. */
  startDeadlines(tx: Tx, started: readonly NewDeadline[]): Promise<readonly Deadline[]>
  startDeadline(tx: Tx, started: NewDeadline): Promise<Deadline>
  /** Done. What had been missed counts as late for ever. Announces `deadline.met` for each. */
  meetDeadlines(tx: Tx, subject: string, names: readonly string[], about?: string): Promise<StillOwed>
  /** No longer owed; all of the subject unless told which. */
  cancelDeadlines(tx: Tx, subject: string, reason: string, which?: WhichDeadlines): Promise<StillOwed>
  /** Recalculated: the old due time stays in the history. Announces `deadline.moved`. */
  moveDeadlines(tx: Tx, subject: string, move: MoveDeadlines): Promise<StillOwed>
  /** Another unit or person owes them now; due times stay. Announces `deadline.handed_over` for each. */
  handOverDeadlines(tx: Tx, subject: string, to: HandOverDeadlines): Promise<StillOwed>
  /** Stand still. @throws DomainError `deadline.not_running` when there is none to pause */
  pauseDeadlines(tx: Tx, subject: string, pause: PauseDeadlines): Promise<StillOwed>
  /** Run on with what was left. @throws DomainError `deadline.not_paused` */
  resumeDeadlines(tx: Tx, subject: string, resume: PauseDeadlines): Promise<StillOwed>
}

/** Clocks as pages and other domains read them: all clocks of a case at once, not only the nearest. */
export interface DeadlineReads {
  /** What is still owed for a subject, the nearest first; with the session of a transaction as that sees it. */
  openFor(county: string, subject: string, session?: Tx['session']): Promise<readonly Deadline[]>
  /** All clocks a subject ever had, in the order of their start. */
  allFor(county: string, subject: string): Promise<readonly Deadline[]>
  /** The clock that matters first, per subject. */
  nearestFor(county: string, subjects: readonly string[]): Promise<ReadonlyMap<string, Deadline>>
}

/** `services.deadlines`. */
export type Deadlines = DeadlineSteps & DeadlineReads

export interface DeadlinesNeeds {
  readonly store: DeadlineStore
  readonly calendar: Calendars
}
