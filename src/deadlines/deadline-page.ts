import type { Presenter } from '../platform/views/index.ts'
import type { Deadline } from './deadline.ts'
import { wordsOfName } from './deadline-name.ts'

/** A clock as `{{> clocks}}` shows it. */
export interface ClockView {
  readonly name: string
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'cancelled'
  readonly dueAt: string
  /** The document behind it. */
  readonly rule?: string
}

/** All clocks of a thing in words, as given: nothing but the nearest would hide the others. */
export function clockViews(deadlines: readonly Deadline[], present: Presenter): ClockView[] {
  return deadlines.map((deadline) => {
    const { name, dueAt, rule } = deadline
    return {
      name: present.t(wordsOfName(name)),
      state: shownState(deadline),
      dueAt: present.machineTime(dueAt),
      ...(rule.sourceTitle ? { rule: rule.sourceTitle } : {}),
    }
  })
}

/** A clock as the API answers it: the stored one without what only the firing needs. */
export function deadlineAnswer(deadline: Deadline): object {
  const shown = Object.entries(deadline).filter(([name]) => name !== '_id' && name !== 'nextAt')
  return { id: deadline._id, ...Object.fromEntries(shown) }
}

/** Missed and done afterwards still shows as missed. */
function shownState({ state }: Deadline): ClockView['state'] {
  return state.toLowerCase() as ClockView['state']
}
