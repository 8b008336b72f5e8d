import { decisionAbout, freeUnpaid, HOLD_CLOCK } from '../aid/index.ts'
import type { Reaction } from '../journal/index.ts'
import type { OutboxRow } from '../journal/index.ts'
import { tellQueue } from '../conference/index.ts'
import { proveCounty } from '../ledger/index.ts'
import {
  ACK_CLOCK,
  ANSWER_CLOCK,
  escalateCase,
  handOnCase,
  handOnCases,
  handOnPapers,
  STEP_CLOCK,
  transferUnanswered,
} from '../routing/index.ts'
import type { SendLater } from '../notifications/index.ts'
import { noticeOfSubject, planNotices, SEEN_CLOCK, seeNotices } from '../notifications/index.ts'
import type { By } from '../shared/actor.ts'
import type { Services } from './services.ts'

/** The services, and how a job is put off until after the commit. */
export interface ReactingServices extends Services {
  readonly sendLater: SendLater
}

/** What follows from a fact, by the services it needs. */
interface Follows {
  readonly name: string
  run(services: ReactingServices, fact: OutboxRow, by: By): Promise<unknown>
}

/** Whoever has to hear of it is told. */
const TELL: Follows = { name: 'tell', run: (services, fact, by) => planNotices(services, fact, by) }

/** Once a case is taken, nobody else needs to be told that it waits. */
const SEEN_BY_ALL: Follows = {
  name: 'seen-by-all',
  run: (services, { data }, by) => seeNotices(services, { caseNo: String(data['no']), kind: 'case_for_you' }, by),
}

/** An officer who has not seen in time what waits is called. */
const CALL_OUT: Follows = {
  name: 'call-out',
  run: async ({ sendLater }, { county, data }) => {
    if (data['name'] === SEEN_CLOCK) await sendLater({ county, id: noticeOfSubject(String(data['subject'])) })
  },
}

/** Whoever stands in takes what somebody had who left or changed posts: cases, then the papers still owed. */
const HAND_ON: Follows = {
  name: 'hand-on',
  run: async (services, { data }, by) => {
    const gone = { staffId: String(data['staffId']) }
    await handOnCases(services, gone, by)
    await handOnPapers(services, gone, by)
  },
}

/** A case given to somebody who was leaving in that very moment is handed on, too. */
const HAND_ON_IF_GONE: Follows = {
  name: 'hand-on-if-gone',
  run: (services, { data }, by) =>
    handOnCase(services, { no: String(data['no']), staffId: String(data['staffId']) }, by),
}

/** What comes into the queue or leaves it moves the others. */
const TELL_QUEUE: Follows = { name: 'tell-queue', run: (services, _fact, by) => tellQueue(services, by) }

/** A closed month is sealed, and the seal comes under a signed checkpoint. */
const PROVE: Follows = { name: 'prove', run: (services, { county }) => proveCounty(services, county) }

/** "When X happened, then Y", across domains. The one place to look for what follows from what. */
const REACTIONS: Readonly<Record<string, readonly Follows[]>> = {
  'case.routed': [TELL, HAND_ON_IF_GONE],
  'case.unplaced': [HAND_ON_IF_GONE],
  'case.escalated': [TELL, HAND_ON_IF_GONE],
  'case.handed_on': [TELL, HAND_ON_IF_GONE],
  'case.acknowledged': [TELL, SEEN_BY_ALL, HAND_ON_IF_GONE],
  'case.transfer_offered': [TELL],
  'case.transfer_refused': [TELL],
  'case.transfer_before_county': [TELL],
  'case.transferred': [TELL, HAND_ON_IF_GONE],
  'case.fed_back': [TELL],
  'aid.advanced': [TELL],
  'aid.supplement_due': [TELL],
  'aid.promise_expired': [TELL],
  'staff.ended': [HAND_ON],
  'staff.roles_changed': [HAND_ON],
  'roster.gap': [TELL],
  'fund.low': [TELL],
  'fund.broken': [TELL],
  'fund.proposed': [TELL],
  'fund.period_closed': [PROVE],
  'calendar.year_missing': [TELL],
  'deadline.reminded': [TELL],
  'deadline.handed_over': [TELL],
  'conference.proposed': [TELL_QUEUE],
  'conference.scheduled': [TELL_QUEUE],
  'conference.returned': [TELL_QUEUE],
  'deadline.breached': [
    CALL_OUT,
    {
      name: 'escalate-untaken-case',
      run: async (services, { data }, by) => {
        const isDispatch = [ACK_CLOCK, STEP_CLOCK].includes(String(data['name']))
        if (isDispatch) await escalateCase(services, { no: subjectNo(data['subject']) }, by)
      },
    },
    {
      name: 'transfer-unanswered',
      run: async (services, { data }, by) => {
        if (data['name'] === ANSWER_CLOCK) await transferUnanswered(services, { no: subjectNo(data['subject']) }, by)
      },
    },
    {
      name: 'free-unpaid-money',
      run: async (services, { data }, by) => {
        const decisionId = data['name'] === HOLD_CLOCK ? decisionAbout(data['about']) : undefined
        if (decisionId !== undefined) await freeUnpaid(services, { decisionId }, by)
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
