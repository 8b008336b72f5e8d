import { intakeForm } from '../intake/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { maskPhone } from '../platform/privacy/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { formatPhone } from '../shared/phone.ts'
import type { CallbackRecord, CallRecord } from './call.ts'
import type { PoppedPerson } from './screen-pop.ts'

/** Everything the operator's desk is made of. */
export interface LinePageParts {
  readonly line: string
  readonly live: readonly CallRecord[]
  readonly callbacks: readonly CallbackRecord[]
  /** The call the operator is on, or else the one that rings. */
  readonly current: CallRecord | undefined
  readonly popped: readonly PoppedPerson[]
  readonly draftId: string
  readonly nameOf: (id: string) => string
  /** Without Twilio the desk answers through the local exchange. */
  readonly canAnswerHere: boolean
}

/** The operator's desk: the line and its callbacks, the call with its form, and who this may be. */
export function linePage(vault: FieldVault, parts: LinePageParts, actor: Actor, present: Presenter): object {
  const { current } = parts
  const phone = current ? phoneOf(vault, current) : undefined
  return {
    title: present.t('hotline:line.title'),
    rooms: `line:${parts.line}`,
    calls: parts.live.map((call) => callLine(vault, call, parts, actor, present)),
    callbacks: parts.callbacks.map((callback) => callbackLine(vault, callback, present)),
    current: current && {
      sid: current.sid,
      phone: phone === undefined ? present.t('hotline:line.withheld') : formatPhone(phone),
      state: present.t(`hotline:state.${current.state}`),
    },
    people: parts.popped.map((popped) => poppedPerson(popped, present)),
    isUnknown: current !== undefined && parts.popped.length === 0,
    intake: intakeForm(
      present,
      { id: current?.sid ?? parts.draftId, channel: 'hotline', callSid: current?.sid },
      { values: { phone: phone === undefined ? '' : formatPhone(phone) } },
    ),
  }
}

function callLine(vault: FieldVault, call: CallRecord, parts: LinePageParts, actor: Actor, present: Presenter): object {
  const phone = phoneOf(vault, call)
  const isRinging = call.state === 'RINGING'
  return {
    sid: call.sid,
    phone: phone === undefined ? present.t('hotline:line.withheld') : maskPhone(phone, { isMinor: false }),
    state: present.t(`hotline:state.${call.state}`),
    isRinging,
    startedAt: call.startedAt,
    who: call.answeredBy ? parts.nameOf(call.answeredBy) : undefined,
    isMine: call.answeredBy === actor.staffId,
    href: `/line?call=${call.sid}`,
    answerAction: isRinging && parts.canAnswerHere ? `/line/calls/${call.sid}/answer` : undefined,
    hangUpAction:
      call.answeredBy === actor.staffId && parts.canAnswerHere ? `/line/calls/${call.sid}/hang-up` : undefined,
  }
}

function callbackLine(vault: FieldVault, callback: CallbackRecord, present: Presenter): object {
  const open = (field: 'phone' | 'text'): string | undefined => {
    const sealed = callback[field]
    return sealed && vault.open(sealed, { collection: 'callbacks', field, record: callback._id })
  }
  const phone = open('phone') ?? ''
  return {
    id: callback.id,
    phone: formatPhone(phone),
    reason: present.t(`hotline:callbackReason.${callback.reason}`),
    text: open('text'),
    dueAt: callback.dueAt,
    doneAction: `/line/callbacks/${callback.id}/done`,
    registerHref: `/intakes/new?channel=hotline&phone=${encodeURIComponent(phone)}`,
  }
}

function poppedPerson({ person, household, openCases, aidThisYearFen }: PoppedPerson, present: Presenter): object {
  const years = person.years === undefined ? '' : present.t('cases:person.years', { years: person.years })
  return {
    name: person.name || present.t('cases:person.unnamed'),
    years,
    phones: person.phones.join('、'),
    notes: person.notes.map((note) => present.t(`people:note.${note}`)).join('、'),
    household: household.map((member) => ({
      name: member.person.name || present.t('cases:person.unnamed'),
      relation: present.t(`people:relation.${member.relation}`),
    })),
    openCases: openCases.map(({ found, place }) => ({
      no: found.no,
      href: `/cases/${found.no}`,
      place,
      stage: present.t(`cases:stage.${found.stage}`),
      dueAt: found.nearestDueAt,
    })),
    aidThisYearFen,
  }
}

function phoneOf(vault: FieldVault, call: CallRecord): string | undefined {
  return call.from && vault.open(call.from, { collection: 'calls', field: 'from', record: call._id })
}
