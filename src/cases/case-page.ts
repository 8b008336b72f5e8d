import type { Deadline } from '../deadlines/index.ts'
import { wordsOfName } from '../deadlines/index.ts'
import type { JournalLine } from '../journal/index.ts'
import { PERSON_PERMISSIONS } from '../people/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { sourceName } from '../policy/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may, mayEver } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'
import { caseStream } from './case.ts'
import { isOpen } from './change-case.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CaseStage } from './case-stage.ts'
import type { NextStep } from './case-section.ts'
import { nextStepOf } from './next-step.ts'
import { openTexts } from './open-texts.ts'

/** Everything the case page is made of. */
export interface CasePageParts {
  readonly found: CaseRecord
  readonly deadlines: readonly Deadline[]
  readonly lines: readonly JournalLine[]
  /** Names of units and staff by id, for what is shown. */
  readonly nameOf: (id: string) => string
  readonly person: string | undefined
  readonly sections: readonly {
    readonly id: string
    readonly partial: string
    readonly model: object
    readonly nextStep?: NextStep | undefined
  }[]
}

/** The page of one case, read from top to bottom: next step, story, people, money, what is due, what happened. */
export function casePage(vault: FieldVault, parts: CasePageParts, actor: Actor, present: Presenter): object {
  const { found, sections } = parts
  const texts = openTexts(vault, found)
  const place = texts.place || present.t('cases:list.placeUnknown')
  return {
    title: present.t('cases:case.title', { no: found.no }),
    no: found.no,
    version: found.version,
    room: caseStream(found.no),
    urgency: found.urgency,
    place,
    story: texts.story,
    stageTag: { text: present.t(`cases:stage.${found.stage}`), tone: toneOf(found.stage) },
    nextStep: sections.find(({ nextStep }) => nextStep)?.nextStep ?? nextStepOf(found, actor, present),
    facts: factsOf(parts, actor, present),
    why: whyOf(parts, present),
    clocks: parts.deadlines.map((deadline) => clockOf(deadline, present)),
    timeline: parts.lines.map((line) => entryOf(line, parts, present)).reverse(),
    sections,
  }
}

function factsOf({ found, nameOf, person }: CasePageParts, actor: Actor, present: Presenter): object[] {
  const { t } = present
  const row = (label: string, text: string): object => ({ label: t(`cases:fact.${label}`), cell: { text } })
  const rows = [
    row('unit', nameOf(found.unit)),
    row('responsible', `${nameOf(found.responsible.staffId)} · ${nameOf(found.responsible.unit)}`),
    row('firstResponsible', `${nameOf(found.firstResponsible.staffId)} · ${nameOf(found.firstResponsible.unit)}`),
    row('received', present.time(found.receivedAt)),
    row('emergency', emergencyText(found, present)),
  ]
  const withPerson = person === undefined ? rows : [personRow(found, person, actor, present), ...rows]
  const mayEnd =
    may(CASE_PERMISSIONS, actor, 'case.end_emergency', found) && found.acknowledgedBy !== undefined && isOpen(found)
  return mayEnd
    ? [
        ...withPerson,
        {
          label: t('cases:fact.change'),
          cell: {
            text: t(`cases:endEmergency.${found.emergency.endedAt ? 'correct' : 'link'}`),
            href: `/cases/${found.no}/emergency`,
          },
        },
      ]
    : withPerson
}

/** Whoever may know the person gets there with one press. */
function personRow({ personId = '' }: CaseRecord, text: string, actor: Actor, present: Presenter): object {
  const href = mayEver(PERSON_PERMISSIONS, actor, 'person.read') ? { href: `/people/${personId}` } : {}
  return { label: present.t('cases:fact.person'), cell: { text, ...href } }
}

function emergencyText({ emergency }: CaseRecord, present: Presenter): string {
  return emergency.endedAt
    ? present.t('cases:emergency.ended', { at: present.time(emergency.endedAt) })
    : present.t('cases:emergency.ongoing')
}

/** Why this unit and this person: the rule's words, the source behind them. */
function whyOf({ found, nameOf }: CasePageParts, present: Presenter): object {
  const rule = found.routing?.rule ?? 'first_contact'
  return {
    text: present.t(`cases:why.${rule}`, { unit: nameOf(found.unit) }),
    rule: reasonText(found.responsible.reason, nameOf(found.responsible.staffId), present),
  }
}

/** `not_acknowledged.deputy` says two things: that nobody took it in time, and whose turn it is now. */
function reasonText(reason: string, name: string, { t }: Presenter): string {
  const [first = '', second] = reason.split('.')
  return second === undefined
    ? t(`cases:reason.${first}`, { name })
    : t(`cases:reason.${first}`, { name, post: t(`cases:reason.${second}`, { name }) })
}

function clockOf(deadline: Deadline, present: Presenter): object {
  return {
    name: present.t(wordsOfName(deadline.name)),
    dueAt: deadline.dueAt,
    state: deadline.state.toLowerCase(),
    rule: sourceName({ id: deadline.rule.source, title: deadline.rule.sourceTitle }, present),
  }
}

function entryOf(line: JournalLine, { nameOf }: CasePageParts, present: Presenter): object {
  const { t } = present
  const names = Object.fromEntries(
    Object.entries(line.data).map(([field, value]) => [field, typeof value === 'string' ? nameOf(value) : value]),
  )
  return {
    id: line._id,
    at: line.at,
    text: t(`cases:happened.${happenedIn(line)}`, {
      ...names,
      clock: line.type.startsWith('deadline.') ? t(wordsOfName(String(line.data['name']))) : '',
      money: typeof line.data['amountFen'] === 'number' ? present.money(line.data['amountFen']) : '',
    }),
    who: line.actor.kind === 'system' ? present.t('cases:system') : nameOf(line.actor.staffId),
  }
}

/** A posting that only promises money, or frees it again, is no payment. */
function happenedIn({ type, data }: JournalLine): string {
  const key = type.replaceAll('.', '_')
  if (key !== 'ledger_posted' || data['hold'] === undefined || data['hold'] === 'posted') return key
  return data['hold'] === 'placed' ? 'ledger_held' : 'ledger_freed'
}

const TONES: Readonly<Partial<Record<CaseStage, string>>> = {
  RECEIVED: 'waiting',
  ROUTED: 'waiting',
  SUPPLEMENT_DUE: 'waiting',
  SUPPLEMENT_OVERDUE: 'problem',
  CONFIRMED: 'done',
  CLOSED: 'done',
}

function toneOf(stage: CaseStage): string {
  return TONES[stage] ?? 'active'
}
