import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { CaseRecord } from './case.ts'

/** The button of the next step: a one-press command, or a link to a form. */
export interface StepAction {
  readonly text: string
  /** Posts there at once. */
  readonly action?: string
  /** Leads there. */
  readonly href?: string
  readonly secondary?: boolean
}

/** What is expected of this person now, with its button. */
export interface NextStep {
  readonly text: string
  readonly dueAt?: Date | undefined
  readonly actions: readonly StepAction[]
}

/** A part of the case page that a domain above contributes: aid, conference. */
export interface CaseSection {
  readonly id: string
  /** Partial that shows the model, such as `aid/sections/case`. */
  readonly partial: string
  load(
    found: CaseRecord,
    actor: Actor,
    present: Presenter,
  ): Promise<{ readonly model: object; readonly nextStep?: NextStep | undefined } | undefined>
}
