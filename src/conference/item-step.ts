import type { NextStep, StepAction } from '../cases/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import type { ConferenceAction } from './conference-permissions.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceItem } from './item.ts'
import { isRecused, wordOf } from './positions.ts'

/** What the conference expects of this person now, or what they wait for. */
export function itemStep(item: ConferenceItem, actor: Actor, { t }: Presenter): NextStep {
  const can = (action: ConferenceAction): boolean => may(CONFERENCE_PERMISSIONS, actor, action, item)
  const at = (path: string): string => `/conference/${item.id}/${path}`
  const link = (path: string, secondary = false): StepAction => ({
    text: t(`conference:step.${path}Button`),
    href: at(path),
    secondary,
  })
  const press = (path: string): StepAction => ({ text: t(`conference:step.${path}Button`), action: at(path) })
  const step = (name: string, ...actions: StepAction[]): NextStep => ({
    text: t(`conference:step.${name}`),
    dueAt: item.state === 'QUEUED' || item.state === 'SCHEDULED' ? item.conveneBy : undefined,
    actions,
  })
  const sendBack = can('conference.return') ? [link('return', true)] : []

  if (item.state === 'QUEUED') {
    if (!item.accepted)
      return can('conference.accept') ? step('accept', press('accept'), ...sendBack) : step('waitAccept', ...sendBack)
    return can('conference.schedule') ? step('schedule', link('schedule')) : step('waitSchedule', ...sendBack)
  }
  if (item.state === 'RETURNED') return step('returned')
  if (item.state === 'RESOLVED') return step('resolved', link('minutes', true))
  if (can('conference.opine')) return memberStep()
  if (item.state === 'IN_SESSION')
    return can('conference.resolve') ? step('resolution', link('resolution')) : step('inSession')
  if (can('conference.open')) return step('open', press('open'))
  return can('conference.schedule') ? step('scheduled', link('schedule', true)) : step('waitMeeting')

  /** A member speaks for the department, may speak again, or stands back. */
  function memberStep(): NextStep {
    if (isRecused(item, actor.staffId)) return step('recused')
    const declare = link('interest', true)
    return hasSpoken(item, actor)
      ? step('spoken', link('opinion', true), declare)
      : step('opinion', link('opinion'), declare)
  }
}

function hasSpoken(item: ConferenceItem, { roles }: Actor): boolean {
  return roles.some(({ role, unit }) => role === 'member' && wordOf(item, unit) !== undefined)
}
