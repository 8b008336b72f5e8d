import type { CaseRecord } from '../cases/index.ts'
import { caseStream, withChange } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import { clockOfRule } from '../deadlines/index.ts'
import type { Tx } from '../journal/index.ts'
import type { Policies } from '../policy/index.ts'
import type { DecisionRecord } from './decision.ts'
import { aboutDecision } from './hold-clock.ts'

export const SUPPLEMENT_CLOCK = 'advance.supplement'

interface SupplementClockServices {
  readonly deadlines: Deadlines
  readonly policies: Policies
}

/**
 * Starts the clock for the papers of a paid decision, or moves it when the end of the emergency was corrected.
 *
 * The unit owes them, in it whoever is responsible for the case then.
 *
 * @param from - the end of the emergency, or the payment when that came later. Source: law art. 50 (N02); days are the county's
 */
export async function startSupplementClock(
  { deadlines, policies }: SupplementClockServices,
  tx: Tx,
  found: CaseRecord,
  { id, unit }: DecisionRecord,
  from: Date,
): Promise<CaseRecord> {
  const subject = caseStream(found.no)
  const policy = await policies.at({ scope: unit, at: tx.at })
  const remindWorkingDays = policy.value('supplement.remind_wd')
  const clock = clockOfRule(policy, {
    subject,
    name: SUPPLEMENT_CLOCK,
    about: aboutDecision(id),
    unit,
    key: 'advance.supplement',
    from,
    ...(found.responsible.unit === unit ? { staffId: found.responsible.staffId } : {}),
    remindWorkingDays,
  })
  const { dueAt, remindAt } = clock
  const open = await deadlines.openFor(tx.county, subject, tx.session)
  const running = open.some(({ name, about }) => name === SUPPLEMENT_CLOCK && about === clock.about)
  if (running)
    await deadlines.moveDeadlines(tx, subject, {
      names: [SUPPLEMENT_CLOCK],
      about: aboutDecision(id),
      dueAt,
      startedAt: from,
      reason: 'emergency_end_corrected',
      ...(remindAt ? { remindAt } : {}),
    })
  else await deadlines.startDeadline(tx, clock)
  const nearestDueAt = found.nearestDueAt && found.nearestDueAt < dueAt ? found.nearestDueAt : dueAt
  return withChange(found, { aid: { ...found.aid, supplement: 'DUE' }, nearestDueAt }, tx.at)
}
