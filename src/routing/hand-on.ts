import type { CaseRecord, CaseStore } from '../cases/index.ts'
import { announceCase, caseStream, isOpen, withChange } from '../cases/index.ts'
import type { Deadlines } from '../deadlines/index.ts'
import type { DutyLadderServices, StaffStore } from '../directory/index.ts'
import { absenceAt, actorFrom, isValidAt } from '../directory/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import type { By } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { may } from '../shared/permissions.ts'
import type { DutyPerson } from './duty-roster.ts'
import { dutyPeople } from './duty-roster.ts'
import { ROUTING_PERMISSIONS } from './routing-permissions.ts'
import { atTriage } from './triage-desk.ts'

export interface HandOnServices extends DutyLadderServices {
  readonly cases: CaseStore
  readonly staff: StaffStore
  readonly deadlines: Deadlines
  readonly clock: Clock
  readonly inTransaction: InTransaction
  readonly log: { error(details: object, message: string): void }
}

/** What came of looking at a case: somebody else has it, or nothing had to change, or the county has nobody who could take it. */
export interface HandedOn {
  readonly no: string
  readonly outcome: 'handed_on' | 'stays' | 'nobody'
}

/** Why a person cannot answer for a case any more; a code that stands with the case. */
type Parting = 'left' | 'role_ended' | 'away'

/** Whoever took a request keeps it where a county has nobody on duty, whatever their role. */
const KEPT = 'nobody_on_duty'

/**
 * Hands on every open case of somebody who left, lost the role or is away, each in a transaction of its own.
 *
 * Runs as a reaction and may run twice: what was handed on is not theirs any more.
 */
export async function handOnCases(
  services: HandOnServices,
  { staffId }: { readonly staffId: string },
  by: By,
): Promise<readonly HandedOn[]> {
  const handed: HandedOn[] = []
  for (const no of await services.cases.openNosOf(by.actor.county, staffId))
    handed.push(await handOnCase(services, { no, staffId }, { ...by, key: `${by.key}/${no}` }))
  return handed
}

/**
 * Hands a case to whoever stands in, when the person responsible cannot answer for it any more: the next of the unit's ladder, in the end the
 * county. Its clocks go along and keep their due times.
 *
 * Also asked after a case was given to somebody: another process may have believed for two seconds that they were still there. Without a reason
 * to act it writes nothing.
 */
export async function handOnCase(
  services: HandOnServices,
  { no, staffId }: { readonly no: string; readonly staffId: string },
  by: By,
): Promise<HandedOn> {
  const { cases, staff, clock, inTransaction, log } = services
  const seen = await cases.find(by.actor.county, no)
  if (!seen || !(await partingOf(services, seen, staffId, clock.now()))) return { no, outcome: 'stays' }
  staff.forget(by.actor.county)
  const handed = await inTransaction(by, (tx) => handOn(services, tx, no, staffId))
  if (handed.outcome === 'nobody') log.error({ no, staffId }, 'nobody in the county can take this case: add staff')
  return handed
}

async function handOn(services: HandOnServices, tx: Tx, no: string, staffId: string): Promise<HandedOn> {
  const { cases, deadlines } = services
  const found = await cases.get(tx, no)
  const parting = await partingOf(services, found, staffId, tx.at, tx)
  if (!parting) return { no, outcome: 'stays' }
  const next = await nextInLine(services, found, staffId, tx.at)
  if (!next) return { no, outcome: 'nobody' }
  const owed = { unit: next.unit, staffId: next.staffId, reason: parting }
  await deadlines.handOverDeadlines(tx, caseStream(no), { ...owed, owedBy: staffId })
  const handed = withChange(
    found,
    { responsible: { ...next, reason: `${parting}.${next.reason}`, since: tx.at } },
    tx.at,
  )
  announceCase(tx, handed, 'case.handed_on', {
    reason: parting,
    staffId: next.staffId,
    toUnit: next.unit,
    fromStaffId: staffId,
  })
  await cases.save(tx, found, handed)
  return { no, outcome: 'handed_on' }
}

/**
 * Why the person cannot answer for the case any more; nothing when they can, or when it is not theirs or closed. What somebody took while away,
 * they answer for.
 */
async function partingOf(
  { staff, roster }: HandOnServices,
  found: CaseRecord,
  staffId: string,
  at: Date,
  tx?: Tx,
): Promise<Parting | undefined> {
  const { responsible } = found
  if (responsible.staffId !== staffId || !isOpen(found)) return undefined
  const person = await staff.find(found.county, staffId, tx)
  if (!person || !isValidAt(person, at)) return 'left'
  if (responsible.reason === KEPT) return undefined
  const actor = actorFrom(person)
  const answers = (['case.acknowledge', 'case.place'] as const).some((action) =>
    may(ROUTING_PERMISSIONS, actor, action, found),
  )
  if (!answers) return 'role_ended'
  const absence = absenceAt((await roster.book(found.county)).absencesOf(staffId), staffId, at)
  return absence && responsible.since < absence.from ? 'away' : undefined
}

/** Whoever stands in: at the triage desk while the place is unknown, on the ladder of the unit after that. Who was passed over is not asked again. */
async function nextInLine(
  services: HandOnServices,
  found: CaseRecord,
  staffId: string,
  at: Date,
): Promise<DutyPerson | undefined> {
  const { county, state, unit, responsible } = found
  const desk = state === 'RECEIVED' ? await atTriage(services, county, at) : undefined
  const ladder = await dutyPeople(services, county, state === 'ROUTED' ? unit : responsible.unit, at)
  const others = (desk ? [desk, ...ladder] : ladder).filter((person) => person.staffId !== staffId)
  const step = state === 'ROUTED' ? found.escalationStep : 0
  return others[Math.min(step, others.length - 1)]
}
