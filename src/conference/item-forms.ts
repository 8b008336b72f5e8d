import type { z } from 'zod'
import type { By } from '../shared/actor.ts'
import type { Actor } from '../shared/actor.ts'
import { namesOf } from '../cases/index.ts'
import type { PageAnswer, PageRouter } from '../platform/http/index.ts'
import { mayAct } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { presenterOf } from '../platform/views/index.ts'
import { pageFieldOf } from './conference-page-forms.ts'
import type { ConferenceAction } from './conference-permissions.ts'
import { CONFERENCE_PERMISSIONS } from './conference-permissions.ts'
import type { ConferenceItem } from './item.ts'
import { itemFormPage } from './item-form-page.ts'
import type { OnItem } from './act-on-item.ts'
import type { ReadItemServices } from './read-item.ts'
import { caseOf, itemFor } from './read-item.ts'

/** A form about an item on a page of its own. */
export interface ItemForm<Values> {
  /** Last part of its address, name of its template and of its words. */
  readonly path: string
  readonly action: ConferenceAction
  readonly schema: z.ZodType<Values>
  /** Key of what is said when it is done. */
  readonly said: string
  /** What the template needs beside the form. */
  readonly part?: (item: ConferenceItem, present: Presenter, nameOf: (id: string) => string) => object
  /** What stands in the fields at first. */
  readonly values?: (item: ConferenceItem, present: Presenter) => Readonly<Record<string, unknown>>
  readonly act: (on: OnItem, values: Values, by: By) => Promise<unknown>
}

/** The page of a form and its command: shown again with what is wrong, or done and back to the item. */
export function itemForm<Values>(services: ReadItemServices, pages: PageRouter, form: ItemForm<Values>): void {
  const { path, action, schema, said, part, values, act } = form
  const route = { guard: mayAct(CONFERENCE_PERMISSIONS, action), audit: action }
  const show = async (
    actor: Actor,
    id: string | undefined,
    present: Presenter,
    parts?: FormParts,
  ): Promise<PageAnswer> => {
    const item = await itemFor(services, actor, id, action)
    const shown = itemFormPage(
      services.vault,
      item,
      await caseOf(services, item),
      path,
      present,
      parts ?? { values: values?.(item, present) ?? {} },
    )
    const more = part?.(item, present, await namesOf(services, actor.county)) ?? {}
    return { view: `conference/${path}`, model: { ...shown, ...more } }
  }
  pages.get(`/conference/:id/${path}`, route, ({ actor, params, res }) => show(actor, params['id'], presenterOf(res)))
  pages.post<Values>(
    `/conference/:id/${path}`,
    { ...route, form: schema },
    async ({ actor, params, res, form: filled, version, by }) => {
      if (!filled.ok) return { ...(await show(actor, params['id'], presenterOf(res), wrong(filled))), status: 400 }
      await act({ id: params['id'] ?? '', version }, filled.values, by)
      return { redirect: `/conference/${params['id'] ?? ''}`, flash: { key: `conference:said.${said}` } }
    },
    (refusal, { actor, params, res, form: filled }) =>
      show(actor, params['id'], presenterOf(res), { values: filled.typed, refusal }),
  )
}

/** What was typed, with each message at its field. */
function wrong({ typed, errors }: Required<Pick<FormParts, 'errors'>> & { typed: object }): FormParts {
  const values = typed as Readonly<Record<string, unknown>>
  const atFields = Object.entries(errors).map(([path, key]) => [pageFieldOf(path, values), key])
  return { values, errors: Object.fromEntries(atFields) as Record<string, string> }
}
