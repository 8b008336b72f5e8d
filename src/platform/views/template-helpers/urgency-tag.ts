import Handlebars from 'handlebars'
import type { Assets } from '../assets.ts'
import type { Presenter } from '../presenter.ts'
import { iconSvg } from './icon.ts'

const LEVELS: ReadonlySet<string> = new Set(['P0', 'P1', 'P2', 'P3'])

/**
 * Urgency as shape, word and colour together.
 *
 * @param level - `P0` to `P3`
 * @throws Error on any other level: an unknown urgency must not look like a low one
 */
export function urgencyTag(assets: Assets, present: Presenter, level: string): string {
  if (!LEVELS.has(level)) throw new Error(`No urgency ${level}`)
  const name = level.toLowerCase()
  const word = Handlebars.escapeExpression(present.t(`common:urgency.${level}`))
  return `<strong class="jjn-urgency jjn-urgency--${name}">${iconSvg(assets, name)}<span>${word}</span></strong>`
}
