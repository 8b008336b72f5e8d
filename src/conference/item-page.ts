import type { CaseRecord } from '../cases/index.ts'
import { openTexts } from '../cases/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import type { ConferenceItem, ItemState } from './item.ts'
import { itemStep } from './item-step.ts'
import type { ItemTexts } from './item-texts.ts'
import { itemTexts } from './item-texts.ts'
import { indexOfWord } from './positions.ts'
import { placeText } from './place-text.ts'
import type { Place } from './queue.ts'
import { triggerWords } from './queue-page.ts'
import { resolutionView } from './resolution-page.ts'

const TONES: Readonly<Record<ItemState, string>> = {
  QUEUED: 'waiting',
  SCHEDULED: 'waiting',
  IN_SESSION: 'active',
  RESOLVED: 'done',
  RETURNED: 'plain',
}

/** What the page of an item is made of. */
export interface ItemPageParts {
  readonly item: ConferenceItem
  readonly found: CaseRecord
  /** Where it stands, while it waits. */
  readonly place: Place | undefined
  readonly nameOf: (id: string) => string
}

/** The case as a document for the meeting: what is asked of this person, the story, aid so far, what each department says, what was decided. */
export function itemPage(vault: FieldVault, parts: ItemPageParts, actor: Actor, present: Presenter): object {
  const { item, found, nameOf } = parts
  const { t } = present
  const told = openTexts(vault, found)
  const texts = itemTexts(vault, item)
  return {
    title: t('conference:item.title', { no: item.caseNo }),
    backHref: isOfTownship(item, actor) ? `/cases/${item.caseNo}` : '/conference',
    rooms: `case:${item.caseNo}`,
    version: item.version,
    urgency: item.urgency,
    heading: told.place || t('conference:item.placeUnknown'),
    story: told.story,
    caseHref: `/cases/${item.caseNo}`,
    stateTag: { text: t(`conference:state.${item.state}`), tone: TONES[item.state] },
    nextStep: itemStep(item, actor, present),
    facts: factsOf(parts, texts.reason, present),
    opinions: item.calledUnits.map((unit) => opinionOf(item, texts, unit, present, nameOf)),
    resolution: texts.resolution && resolutionView(item, texts.resolution, present, nameOf),
    returned: texts.returnReason,
  }
}

/** A township comes from its case, the county from the board. */
function isOfTownship({ unit, county }: ConferenceItem, { roles }: Actor): boolean {
  return unit !== county && roles.some((held) => held.unit === unit)
}

function factsOf({ item, found, place, nameOf }: ItemPageParts, reason: string, present: Presenter): object[] {
  const { t } = present
  const row = (name: string, text: string | undefined): object[] =>
    text ? [{ label: t(`conference:item.${name}`), cell: { text } }] : []
  const who = (staffId: string, unit: string): string => `${nameOf(staffId)} · ${nameOf(unit)}`
  return [
    ...row('place', place && placeText(place, present)),
    ...row('meeting', item.meetingAt && present.time(item.meetingAt)),
    ...row('chair', item.opened && `${nameOf(item.opened.staffId)} · ${present.time(item.opened.at)}`),
    ...row('trigger', triggerWords(item.triggers, present)),
    ...row('reason', reason),
    ...row('proposedBy', `${who(item.proposedBy.staffId, item.proposedBy.unit)} · ${present.time(item.proposedAt)}`),
    ...row('acceptedBy', item.accepted && `${nameOf(item.accepted.staffId)} · ${present.time(item.accepted.at)}`),
    ...row('aidSoFar', present.money(found.aid.paidFen)),
  ]
}

/** The word of a department that counts; silence is shown as such and never counts as consent. */
function opinionOf(
  item: ConferenceItem,
  texts: ItemTexts,
  unit: string,
  present: Presenter,
  nameOf: (id: string) => string,
): object {
  const index = indexOfWord(item, unit)
  const opinion = item.opinions[index]
  const stance = opinion?.stance ?? 'NO_REPLY'
  return {
    id: `opinion-${unit}`,
    unit: nameOf(unit),
    tag: { text: present.t(`conference:stance.${stance}`), tone: STANCE_TONES[stance] },
    text: opinion && texts.opinions[index],
    offerFen: opinion && opinion.offerFen > 0 ? opinion.offerFen : undefined,
    who: opinion && nameOf(opinion.staffId),
    at: opinion?.at,
    recused: item.recusals.filter((recusal) => recusal.unit === unit).map(({ staffId }) => nameOf(staffId)),
  }
}

/** How loud a stance speaks: green is kept for what is done. */
export const STANCE_TONES = { FOR: 'active', AGAINST: 'problem', ABSTAIN: 'plain', NO_REPLY: 'waiting' } as const
