import { randomUUID } from 'node:crypto'

/** What a form shows again: what was typed, what is wrong with it, and the command's hidden fields. */
export interface FormView {
  readonly values: Readonly<Record<string, unknown>>
  /** One message per field, in words. */
  readonly errors: Readonly<Record<string, string>>
  /** The same as links to the fields, for the summary on top. */
  readonly errorList: readonly { readonly href: string; readonly text: string }[]
  /** Idempotency key of the next attempt. */
  readonly key: string
  /** The page already tried with this key and does not know the outcome: the browser must keep it. */
  readonly keepKey: boolean
  /** Version the person saw, where the thing has one. */
  readonly version?: number | undefined
}

/**
 * Prepares a form for `{{> field/text form=form name="phone" …}}`.
 *
 * A fresh key is made unless the outcome of the last attempt is unknown; then the same one is kept.
 *
 * @param form.errors - message per field name, in words; field names are the fields' ids on the page
 * @param form.unknownKey - key of an attempt whose outcome is unknown
 */
export function formView(form: {
  readonly values?: Readonly<Record<string, unknown>>
  readonly errors?: Readonly<Record<string, string>>
  readonly version?: number | undefined
  readonly unknownKey?: string | undefined
}): FormView {
  const errors = form.errors ?? {}
  return {
    values: form.values ?? {},
    errors,
    errorList: Object.entries(errors).map(([name, text]) => ({ href: `#${name}`, text })),
    key: form.unknownKey ?? randomUUID(),
    keepKey: form.unknownKey !== undefined,
    version: form.version,
  }
}
