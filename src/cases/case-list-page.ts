import type { FieldVault } from '../platform/privacy/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may, mayEver } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'
import { CASE_PERMISSIONS } from './case-permissions.ts'
import type { CasePage } from './case-store.ts'
import { openTexts } from './open-texts.ts'

/** Longest text of a case in a list. Characters. */
const LINE = 60

/** What the list of a desk shows: each open case with urgency, place, need, nearest clock and its one next action. */
export function caseListPage(vault: FieldVault, page: CasePage, actor: Actor, present: Presenter): object {
  return {
    title: present.t('cases:list.title'),
    items: page.cases.map((found) => item(vault, found, actor, present)),
    rooms: roomsOf(actor).join(' '),
    nextHref: page.next ? `/cases?after=${encodeURIComponent(page.next)}` : undefined,
    mayRegister: actor.roles.some(({ role }) => role !== 'triage'),
    isOfficer: mayEver(CASE_PERMISSIONS, actor, 'case.verify'),
  }
}

function item(vault: FieldVault, found: CaseRecord, actor: Actor, present: Presenter): object {
  const { place, story } = openTexts(vault, found)
  const mayTake = found.state === 'ROUTED' && may(CASE_PERMISSIONS, actor, 'case.verify', found)
  return {
    no: found.no,
    href: `/cases/${found.no}`,
    urgency: found.urgency,
    place: place || present.t('cases:list.placeUnknown'),
    text: shortened(story),
    dueAt: found.nearestDueAt,
    stage: present.t(`cases:stage.${found.stage}`),
    takeAction: mayTake ? `/cases/${found.no}/acknowledge` : undefined,
    isOwn: found.responsible.staffId === actor.staffId,
  }
}

/** The rooms in which something may happen that changes the list. */
function roomsOf(actor: Actor): string[] {
  return [...new Set(actor.roles.map(({ unit }) => `unit:${unit}`)), `person:${actor.staffId}`]
}

function shortened(text: string): string {
  const signs = Array.from(text)
  return signs.length > LINE ? `${signs.slice(0, LINE).join('')}…` : text
}
