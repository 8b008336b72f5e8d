import type { Reaction } from '../journal/index.ts'
import type { OutboxRow } from '../journal/index.ts'
import { ACK_CLOCK, escalateCase, STEP_CLOCK } from '../routing/index.ts'
import { planNotices } from '../notifications/index.ts'
import type { By } from '../shared/actor.ts'
import type { Services } from './services.ts'

/** The services, and how a job is put off until after the commit. */
export interface ReactingServices extends Services {
  readonly sendLater: Parameters<typeof planNotices>[0]['sendLater']
}

/** What follows from a fact, by the services it needs. */
interface Follows {
  readonly name: string
  run(services: ReactingServices, fact: OutboxRow, by: By): Promise<unknown>
}

/** Whoever has to hear of it is told. */
const TELL: Follows = { name: 'tell', run: (services, fact, by) => planNotices(services, fact, by) }

/** "When X happened, then Y", across domains. The one place to look for what follows from what. */
const REACTIONS: Readonly<Record<string, readonly Follows[]>> = {
  'case.routed': [TELL],
  'case.escalated': [TELL],
  'case.acknowledged': [TELL],
  'case.fed_back': [TELL],
  'aid.supplement_due': [TELL],
  'deadline.breached': [
    {
      name: 'escalate-untaken-case',
      run: async (services, { data }, by) => {
        const isDispatch = [ACK_CLOCK, STEP_CLOCK].includes(String(data['name']))
        if (isDispatch) await escalateCase(services, { no: subjectNo(data['subject']) }, by)
      },
    },
  ],
}

/** What follows from facts of a type. */
export function reactionsTo(services: ReactingServices, type: string): readonly Reaction[] {
  return (REACTIONS[type] ?? []).map(({ name, run }) => ({
    name,
    run: async (fact, by) => {
      await run(services, fact, by)
    },
  }))
}

/** `case:NO` → `NO`. */
function subjectNo(subject: unknown): string {
  return String(subject).slice('case:'.length)
}
