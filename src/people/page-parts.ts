import type { FormContext, PageAnswer, PageContext } from '../platform/http/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import type { DomainError } from '../shared/errors.ts'
import { readPerson } from './look-up.ts'
import type { MaskedPerson } from './masked-person.ts'
import type { PeopleRouteServices } from './person-api-routes.ts'
import { warningWords } from './person-form-page.ts'
import type { InputWarning } from './person-input.ts'

/** A page that is shown, not a redirect. */
export type ShownPage = Extract<PageAnswer, { readonly view: string }>

/** The person the address names, with masks on; leaves a trace. */
export async function masked(services: PeopleRouteServices, context: PageContext): Promise<MaskedPerson> {
  return (await readPerson(services, idOf(context), context.actor)).person
}

/** The person's id from the address. */
export function idOf({ params }: PageContext): string {
  return params['id'] ?? ''
}

/** The form again as it was typed, with the refusal. */
export function typedAgain<Values>({ form }: FormContext<Values>, refusal: DomainError): FormParts {
  return { values: form.typed, refusal }
}

/** Back to the person, saying what was saved and what looks odd about it. */
export function saved(
  present: Presenter,
  personId: string,
  said: string,
  warnings: readonly InputWarning[],
): PageAnswer {
  const redirect = `/people/${personId}`
  if (warnings.length === 0) return { redirect, flash: { key: `people:said.${said}` } }
  return {
    redirect,
    flash: { key: `people:said.${said}Odd`, params: { odd: warningWords(present, warnings) }, tone: 'notice' },
  }
}
