import type { HelperOptions } from 'handlebars'
import type { Presenter } from '../presenter.ts'
import type { ViewGlobals } from '../view-globals.ts'

/** What a template is rendered with, next to the page's own values. */
export interface TemplateContext {
  readonly view: ViewGlobals
  readonly present: Presenter
}

/** The page's globals, from wherever in the template a helper is called. */
export function contextOf(options: HelperOptions): TemplateContext {
  const { root } = options.data as { root: Partial<TemplateContext> }
  if (!root.view || !root.present)
    throw new Error('Rendered without views.middleware or views.render: no language, no time')
  return { view: root.view, present: root.present }
}
