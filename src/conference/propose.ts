import type { CaseRecord, Urgency } from '../cases/index.ts'
import { caseStream, conferenceUnit, requirePermission, withChange, withObligation } from '../cases/index.ts'
import type { Deadlines, NewDeadline } from '../deadlines/index.ts'
import { clockOfRule } from '../deadlines/index.ts'
import type { Tx } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { ParameterKey, Policies } from '../policy/index.ts'
import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import { mayEver } from '../shared/permissions.ts'
import type { ConferenceServices, ItemAnswer } from './act-on-item.ts'
import { announceItem, answerOf } from './act-on-item.ts'
import { CONFERENCE_PERMISSIONS, PROPOSE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceItem, Trigger } from './item.ts'
import { isPending, itemRecordId } from './item.ts'

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

export interface ProposeCase {
  readonly no: string
  readonly triggers: readonly Trigger[]
  readonly reason: string
}

/** Whether somebody is at work on the case: before it is taken there is nothing to confer about, afterwards nothing is left. */
export function canBeProposed({ state }: Pick<CaseRecord, 'state'>): boolean {
  return state === 'ACKED' || state === 'VERIFYING' || state === 'IN_PROGRESS'
}

/**
 * Puts a case before the county's conference because one township cannot solve it. The clock to convene starts, and the case cannot close before
 * the conference is done with it. What civil affairs itself proposes needs nobody else to accept it.
 *
 * @throws DomainError `case.not_found`, `case.not_yours`, `case.wrong_state`, `conference.already_queued`
 */
export function proposeCase(services: ProposeServices, input: ProposeCase, by: By): Promise<ItemAnswer> {
  const { cases, conferences, deadlines, policies, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const found = await cases.get(tx, input.no)
    requirePermission(PROPOSE_PERMISSIONS, 'conference.propose', by, found)
    if (!canBeProposed(found))
      throw new DomainError('case.wrong_state', `Case ${found.no} is ${found.state}`, { state: found.state })
    if ((await conferences.ofCase(tx.county, found.no, tx.session)).some(isPending))
      throw new DomainError('conference.already_queued', 'This case is already before the conference', { no: found.no })
    const id = newId()
    const clock = clockOfRule(await policies.at({ scope: tx.county, at: tx.at }), {
      subject: caseStream(found.no),
      name: CONVENE_CLOCK,
      about: `conference:${id}`,
      unit: tx.county,
      key: CONVENE_KEYS[found.urgency],
      from: tx.at,
    })
    const item = newItem(services, tx, found, { ...input, id, conveneBy: clock.dueAt })
    await conferences.insert(tx, item)
    await deadlines.startDeadline(tx, clock)
    await cases.save(tx, found, beforeConference(tx, found, id, clock))
    announceItem(tx, item, 'conference.proposed', { triggers: item.triggers.join('+') })
    return answerOf(item)
  })
}

function newItem(
  { vault }: ProposeServices,
  tx: Tx,
  found: CaseRecord,
  { id, triggers, reason, conveneBy }: ProposeCase & Pick<ConferenceItem, 'id' | 'conveneBy'>,
): ConferenceItem {
  const { actor } = tx.by
  const record = itemRecordId(tx.county, id)
  const isOfCounty = mayEver(CONFERENCE_PERMISSIONS, actor, 'conference.accept')
  return {
    _id: record,
    county: tx.county,
    id,
    version: 1,
    caseNo: found.no,
    unit: found.unit,
    urgency: found.urgency,
    triggers: [...new Set(triggers)],
    reason: vault.seal(reason, { collection: 'conference_items', field: 'reason', record }),
    proposedBy: { unit: isOfCounty ? tx.county : found.unit, staffId: actor.staffId },
    proposedAt: tx.at,
    ...(isOfCounty ? { accepted: { at: tx.at, staffId: actor.staffId } } : {}),
    conveneBy,
    state: 'QUEUED',
    calledUnits: [],
    opinions: [],
    recusals: [],
  }
}

/** The case lies before the conference: its chair and secretary may read it, and it cannot close. */
function beforeConference(tx: Tx, found: CaseRecord, id: string, { dueAt }: Pick<NewDeadline, 'dueAt'>): CaseRecord {
  const { nearestDueAt } = found
  return withChange(
    found,
    {
      sharedWith: [...new Set([...found.sharedWith, conferenceUnit(tx.county)])],
      obligations: withObligation(found, 'conference', id, tx.at),
      nearestDueAt: nearestDueAt && nearestDueAt < dueAt ? nearestDueAt : dueAt,
    },
    tx.at,
  )
}
