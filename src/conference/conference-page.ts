import type { CaseRecord } from '../cases/index.ts'
import { openTexts } from '../cases/index.ts'
import type { FieldVault, SealedText } from '../platform/privacy/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import type { ConferenceAction } from './conference-permissions.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceItem, ItemState } from './item.ts'
import { departmentsOf } from './item.ts'

/** Columns of the board, in the order of the work. */
const COLUMNS: readonly ItemState[] = ['QUEUED', 'SCHEDULED', 'IN_SESSION', 'RESOLVED']

/** The queue as a board of few columns. */
export function queuePage(
  items: readonly ConferenceItem[],
  county: string,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  return {
    title: present.t('conference:queue.title'),
    rooms: `queue:${county}`,
    columns: COLUMNS.map((state) => ({
      title: present.t(`conference:state.${state}`),
      items: items
        .filter((item) => item.state === state)
        .map((item) => ({
          id: item.id,
          href: `/conference/${item.id}`,
          urgency: item.urgency,
          caseNo: item.caseNo,
          trigger: present.t(`conference:trigger.${item.trigger}`),
          unit: nameOf(item.proposedBy.unit),
          dueAt: state === 'QUEUED' ? item.conveneBy : undefined,
          meetingAt: state === 'SCHEDULED' ? item.meetingAt : undefined,
          no: item.resolution?.no,
        })),
    })),
  }
}

/** The case as a document for the meeting: story, aid so far, what each department says, and what this person can do now. */
export function itemPage(
  vault: FieldVault,
  item: ConferenceItem,
  found: CaseRecord,
  actor: Actor,
  present: Presenter,
  nameOf: (id: string) => string,
  form: FormParts = {},
): object {
  const { t } = present
  const texts = openTexts(vault, found)
  const open = (field: string, sealed: SealedText): string =>
    vault.open(sealed, { collection: 'conference_items', field, record: item._id })
  const can = (action: ConferenceAction, ...states: ItemState[]): boolean =>
    states.includes(item.state) && may(CONFERENCE_PERMISSIONS, actor, action, item)
  const base = `/conference/${item.id}`
  const called = item.calledUnits.map((unit) => ({ value: unit, text: nameOf(unit) }))
  return {
    title: t('conference:item.title', { no: item.caseNo }),
    rooms: `case:${item.caseNo}`,
    version: item.version,
    urgency: item.urgency,
    place: texts.place,
    story: texts.story,
    caseHref: `/cases/${item.caseNo}`,
    stateTag: { text: t(`conference:state.${item.state}`), tone: item.state === 'RESOLVED' ? 'done' : 'active' },
    facts: [
      { label: t('conference:item.trigger'), cell: { text: t(`conference:trigger.${item.trigger}`) } },
      { label: t('conference:item.reason'), cell: { text: open('reason', item.reason) } },
      {
        label: t('conference:item.proposedBy'),
        cell: { text: `${nameOf(item.proposedBy.staffId)} · ${nameOf(item.proposedBy.unit)}` },
      },
      { label: t('conference:item.aidSoFar'), cell: { amountFen: found.aid.paidFen } },
    ],
    dueAt: item.state === 'QUEUED' ? item.conveneBy : undefined,
    meetingAt: item.meetingAt,
    opinions: item.calledUnits.map((unit) => opinionOf(item, unit, open, present, nameOf)),
    resolution: item.resolution && resolutionView(item, open, nameOf),
    returned: item.returnReason && open('returnReason', item.returnReason),
    schedule: can('conference.schedule', 'QUEUED') && {
      action: `${base}/schedule`,
      units: departmentsOf(item.county).map((unit) => ({ value: unit, text: nameOf(unit) })),
    },
    returnAction: can('conference.return', 'QUEUED') && `${base}/return`,
    openAction: can('conference.open', 'SCHEDULED') && `${base}/open`,
    opineAction: can('conference.opine', 'SCHEDULED', 'IN_SESSION') && `${base}/opinions`,
    resolve: can('conference.resolve', 'IN_SESSION') && {
      action: `${base}/resolution`,
      called,
      lines: [0, 1, 2].map((index) => ({ index })),
    },
    units: called,
    form: formView(present, { ...form, version: item.version }),
  }
}

/** The newest word of a department; silence is shown as such and never counts as consent. */
function opinionOf(
  item: ConferenceItem,
  unit: string,
  open: (field: string, sealed: SealedText) => string,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const index = item.opinions.findLastIndex((opinion) => opinion.unit === unit)
  const opinion = item.opinions[index]
  return {
    unit: nameOf(unit),
    text: opinion ? open(`opinion.${index}`, opinion.text) : present.t('conference:item.noReply'),
    offerFen: opinion && opinion.offerFen > 0 ? opinion.offerFen : undefined,
    at: opinion?.at,
  }
}

function resolutionView(
  { resolution }: ConferenceItem,
  open: (field: string, sealed: SealedText) => string,
  nameOf: (id: string) => string,
): object | undefined {
  return (
    resolution && {
      no: resolution.no,
      text: open('resolution.text', resolution.text),
      at: resolution.resolvedAt,
      digest: resolution.digest,
      presentUnits: resolution.presentUnits.map(nameOf).join('、'),
      measures: resolution.measures.map((measure, index) => ({
        unit: nameOf(measure.unit),
        text: open(`measure.${index}`, measure.text),
        amountFen: measure.amountFen > 0 ? measure.amountFen : undefined,
        dueAt: measure.dueAt,
      })),
    }
  )
}
