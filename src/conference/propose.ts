import type { Urgency } from '../cases/index.ts'
import { announceCase, caseStream, requirePermission, withChange, withObligation } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import { clockOfRule } from '../deadlines/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { ParameterKey, Policies } from '../policy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import type { ConferenceServices, ItemAnswer } from './act-on-item.ts'
import { announceItem, answerOf } from './act-on-item.ts'
import { PROPOSE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceItem, Trigger } from './item.ts'
import { itemRecordId } from './item.ts'

export const CONVENE_CLOCK = 'conference.convene'

/** Urgent cases have hours, others working days. Source: rules, conference.convene (chosen). */
const CONVENE_KEYS = {
  P0: 'conference.convene_P0P1_h',
  P1: 'conference.convene_P0P1_h',
  P2: 'conference.convene_other_wd',
  P3: 'conference.convene_other_wd',
} as const satisfies Record<Urgency, ParameterKey>

export interface ProposeServices extends ConferenceServices {
  readonly deadlines: Deadlines
  readonly policies: Policies
  readonly vault: FieldVault
}

/**
 * Puts a case before the county's conference because one township cannot solve it. The clock to convene starts, and the case cannot close before
 * the conference is done with it.
 *
 * @throws DomainError `case.not_found`, `case.not_yours`, `conference.already_queued`
 */
export function proposeCase(
  services: ProposeServices,
  input: { readonly no: string; readonly trigger: Trigger; readonly reason: string },
  by: By,
): Promise<ItemAnswer> {
  const { cases, conferences, deadlines, policies, vault, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const found = await cases.get(tx, input.no)
    requirePermission(PROPOSE_PERMISSIONS, 'conference.propose', by, found)
    const earlier = await conferences.ofCase(tx.county, found.no, tx.session)
    if (earlier.some(({ state }) => state !== 'RESOLVED' && state !== 'RETURNED'))
      throw new DomainError('conference.already_queued', 'This case is already before the conference', { no: found.no })
    const policy = await policies.at({ scope: tx.county, at: tx.at })
    const id = newId()
    const clock = clockOfRule(policy, {
      subject: caseStream(found.no),
      name: CONVENE_CLOCK,
      about: `conference:${id}`,
      unit: tx.county,
      key: CONVENE_KEYS[found.urgency],
      from: tx.at,
    })
    const record = itemRecordId(tx.county, id)
    const item: ConferenceItem = {
      _id: record,
      county: tx.county,
      id,
      version: 1,
      caseNo: found.no,
      urgency: found.urgency,
      trigger: input.trigger,
      reason: vault.seal(input.reason, { collection: 'conference_items', field: 'reason', record }),
      proposedBy: { unit: by.actor.unit, staffId: by.actor.staffId },
      proposedAt: tx.at,
      conveneBy: clock.dueAt,
      state: 'QUEUED',
      calledUnits: [],
      opinions: [],
    }
    await conferences.insert(tx, item)
    await deadlines.startDeadline(tx, clock)
    const nearestDueAt = found.nearestDueAt && found.nearestDueAt < clock.dueAt ? found.nearestDueAt : clock.dueAt
    const shared = withChange(
      found,
      {
        sharedWith: [...new Set([...found.sharedWith, tx.county])],
        obligations: withObligation(found, 'conference', id, tx.at),
        nearestDueAt,
      },
      tx.at,
    )
    announceCase(tx, shared, 'conference.proposed', { itemId: id, trigger: input.trigger, toUnit: tx.county })
    await cases.save(tx, found, shared)
    announceItem(tx, item, 'conference.queued', { trigger: input.trigger })
    return answerOf(item)
  })
}
