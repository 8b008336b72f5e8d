import type { Tx } from '../journal/index.ts'
import type { FieldVault, SealedText } from '../platform/privacy/index.ts'
import type { CaseRecord, Responsibility, Urgency } from './case.ts'
import { caseId, caseStream } from './case.ts'
import type { CaseStore } from './case-store.ts'

/** What a case begins with. Texts in clear; they are sealed here. */
export interface NewCase {
  /** 12 digits, drawn before the transaction begins. */
  readonly no: string
  readonly urgency: Urgency
  readonly tags: readonly string[]
  readonly place: {
    readonly code: string
    readonly text: string
    readonly lat?: number | undefined
    readonly lng?: number | undefined
    readonly datum?: string | undefined
  }
  readonly story: string
  readonly contactPhone?: string | undefined
  readonly personId?: string | undefined
  readonly householdId?: string | undefined
  readonly intakeNo: string
  /** Who took the request: responsible until it is routed, accountable until another accepts. */
  readonly takenBy: { readonly unit: string; readonly staffId: string }
}

interface OpenCaseServices {
  readonly vault: FieldVault
}

/** The record of a new case, owned by whoever took the request. It is not yet stored: routing completes it in the same transaction. */
export function newCase({ vault }: OpenCaseServices, tx: Tx, given: NewCase): CaseRecord {
  const { no, urgency, tags, place, takenBy } = given
  const { county, at } = tx
  const record = caseId(county, no)
  const seal = (field: string, text: string): SealedText => vault.seal(text, { collection: 'cases', field, record })
  const point = pointOf(place)
  const responsible: Responsibility = { ...takenBy, reason: 'first_contact', since: at }
  return {
    _id: record,
    county,
    no,
    version: 1,
    state: 'RECEIVED',
    stage: 'RECEIVED',
    stages: [{ stage: 'RECEIVED', at }],
    urgency,
    tags,
    place: {
      code: place.code,
      text: seal('place.text', place.text),
      ...(point ? { point: seal('place.point', JSON.stringify(point)) } : {}),
    },
    story: seal('story', given.story),
    ...(given.contactPhone ? { contactPhone: seal('contactPhone', given.contactPhone) } : {}),
    ...(given.personId ? { personId: given.personId } : {}),
    ...(given.householdId ? { householdId: given.householdId } : {}),
    intakeNos: [given.intakeNo],
    unit: takenBy.unit,
    responsible,
    firstResponsible: takenBy,
    sharedWith: [],
    escalationStep: 0,
    refusals: 0,
    emergency: { state: 'ONGOING', corrections: [] },
    aid: { paidFen: 0, heldFen: 0, supplement: 'NONE' },
    obligations: [{ kind: 'feedback', id: given.intakeNo, since: at }],
    receivedAt: at,
  }
}

/** Where exactly, when a map or a phone told it. Chinese maps and phones speak GCJ-02. */
function pointOf({ lat, lng, datum = 'GCJ-02' }: NewCase['place']): object | undefined {
  return lat === undefined || lng === undefined ? undefined : { lat, lng, datum }
}

/** Stores a new case and says that it was opened. */
export async function insertCase({ cases }: { readonly cases: CaseStore }, tx: Tx, record: CaseRecord): Promise<void> {
  await cases.insert(tx, record)
  tx.announce({
    stream: caseStream(record.no),
    type: 'case.opened',
    isFirst: true,
    data: {
      no: record.no,
      urgency: record.urgency,
      code: record.place.code,
      intakeNo: record.intakeNos[0],
      firstUnit: record.firstResponsible.unit,
      firstStaffId: record.firstResponsible.staffId,
    },
  })
}
