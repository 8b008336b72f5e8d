import type { FieldVault } from '../platform/privacy/index.ts'
import type { Deadline } from '../deadlines/index.ts'
import type { CaseRecord } from './case.ts'
import { openTexts } from './open-texts.ts'

/** One clock: what is owed until when, by which rule. */
export interface ClockView {
  readonly name: string
  readonly dueAt: string
  readonly state: string
  readonly rule: { readonly key: string; readonly source: string }
}

/** A case as the API shows it. Times are RFC 3339, money is whole fen. */
export interface CaseView {
  readonly no: string
  readonly version: number
  readonly state: CaseRecord['state']
  readonly stage: CaseRecord['stage']
  readonly stages: readonly { readonly stage: string; readonly at: string }[]
  readonly urgency: CaseRecord['urgency']
  readonly tags: readonly string[]
  readonly place: { readonly code: string; readonly text: string }
  readonly text: string
  readonly unit: string
  readonly responsible: {
    readonly unit: string
    readonly staffId: string
    readonly reason: string
    readonly since: string
  }
  readonly firstResponsible: CaseRecord['firstResponsible']
  readonly person: string | null
  readonly deadlines: readonly ClockView[]
  readonly moneyFen: number
  readonly heldFen: number
  readonly emergency: { readonly state: string; readonly endedAt: string | null }
  readonly obligations: readonly { readonly kind: string; readonly id: string }[]
  readonly intakes: readonly string[]
  readonly receivedAt: string
}

/** The case in the shape of `GET /cases/{no}`. */
export function caseView(vault: FieldVault, found: CaseRecord, deadlines: readonly Deadline[]): CaseView {
  const texts = openTexts(vault, found)
  return {
    no: found.no,
    version: found.version,
    state: found.state,
    stage: found.stage,
    stages: found.stages.map(({ stage, at }) => ({ stage, at: at.toISOString() })),
    urgency: found.urgency,
    tags: found.tags,
    place: { code: found.place.code, text: texts.place },
    text: texts.story,
    unit: found.unit,
    responsible: { ...found.responsible, since: found.responsible.since.toISOString() },
    firstResponsible: found.firstResponsible,
    person: found.personId ?? null,
    deadlines: deadlines.map(clockView),
    moneyFen: found.aid.paidFen,
    heldFen: found.aid.heldFen,
    emergency: { state: found.emergency.state, endedAt: found.emergency.endedAt?.toISOString() ?? null },
    obligations: found.obligations.map(({ kind, id }) => ({ kind, id })),
    intakes: found.intakeNos,
    receivedAt: found.receivedAt.toISOString(),
  }
}

function clockView({ name, dueAt, state, rule }: Deadline): ClockView {
  return { name, dueAt: dueAt.toISOString(), state, rule: { key: rule.key, source: rule.source } }
}
