import Handlebars from 'handlebars'
import type { Assets } from '../assets.ts'
import type { Presenter } from '../presenter.ts'
import type { TimeFormat, TimeValue } from '../time.ts'
import { iconSvg } from './icon.ts'

const { escapeExpression } = Handlebars

/** A moment for people and machines. */
export function timeTag(present: Presenter, at: TimeValue, format: TimeFormat = 'moment'): string {
  const text = escapeExpression(present.time(at, format))
  return `<time class="jjn-time" datetime="${present.machineTime(at)}">${text}</time>`
}

/** A due time: words first, exact time on demand; shape and word change with the tone, not the colour alone. */
export function dueTag(assets: Assets, present: Presenter, at: TimeValue, soonMinutes?: number): string {
  const due = present.due(at, soonMinutes)
  const icons = ['calm', 'soon', 'over']
    .map((tone) => iconSvg(assets, `due-${tone}`, `jjn-due__icon--${tone}`))
    .join('')
  const soon = soonMinutes === undefined ? '' : ` data-soon="${soonMinutes}"`
  return (
    `<time class="jjn-due jjn-due--${due.tone}" datetime="${due.at}" title="${escapeExpression(due.exact)}" data-due${soon}>` +
    `${icons}<span data-due-words>${escapeExpression(due.text)}</span></time>`
  )
}
