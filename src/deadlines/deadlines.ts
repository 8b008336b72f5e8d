import { changeSteps } from './change-steps.ts'
import type { Deadline } from './deadline.ts'
import { nearestOf } from './deadline.ts'
import type { Deadlines, DeadlinesNeeds } from './deadline-steps.ts'
import { pauseSteps } from './pause-steps.ts'
import { startDeadlines } from './start-deadlines.ts'

/** Makes `services.deadlines`. */
export function createDeadlines(needs: DeadlinesNeeds): Deadlines {
  const { store } = needs
  return {
    ...changeSteps(needs),
    ...pauseSteps(needs),
    startDeadlines: (tx, started) => startDeadlines(needs, tx, started),
    async startDeadline(tx, started) {
      const [clock] = await startDeadlines(needs, tx, [started])
      if (!clock) throw new Error('Nothing was started')
      return clock
    },
    openFor: (county, subject, session) => store.openOf(county, [subject], session),
    allFor: (county, subject) => store.allOf(county, subject),
    async nearestFor(county, subjects) {
      const open = await store.openOf(county, subjects)
      const nearest = new Map<string, Deadline>()
      for (const subject of new Set(open.map((deadline) => deadline.subject))) {
        const first = nearestOf(open.filter((deadline) => deadline.subject === subject))
        if (first) nearest.set(subject, first)
      }
      return nearest
    },
  }
}
