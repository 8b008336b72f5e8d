import { randomUUID } from 'node:crypto'
import type { Presenter } from './presenter.ts'

/** What a form shows again: what was typed, what is wrong with it, and the command's hidden fields. */
export interface FormView {
  readonly values: Readonly<Record<string, unknown>>
  /** One message per field, in words. */
  readonly errors: Readonly<Record<string, string>>
  /** The same as links to the fields, for the summary on top. */
  readonly errorList: readonly { readonly href?: string; readonly text: string }[]
  /** Idempotency key of the next attempt. */
  readonly key: string
  /** The page already tried with this key and does not know the outcome: the browser must keep it. */
  readonly keepKey: boolean
  /** Version the person saw, where the thing has one. */
  readonly version?: number | undefined
}

/** What a form view is made of. */
export interface FormParts {
  /** Values per field name: what was typed, or what is stored. */
  readonly values?: Readonly<Record<string, unknown>>
  /** Message key or error code per field name, as `parseForm` gives them; field names are the fields' ids on the page. */
  readonly errors?: Readonly<Record<string, string>>
  /** A rule's "no" that belongs to the form as a whole. */
  readonly refusal?: { readonly code: string; readonly details: Readonly<Record<string, unknown>> } | undefined
  readonly version?: number | undefined
  /** Key of an attempt whose outcome is unknown. */
  readonly unknownKey?: string | undefined
}

/**
 * Prepares a form for `{{> field/text form=form name="phone" …}}`.
 *
 * A fresh key is made unless the outcome of the last attempt is unknown; then the same one is kept.
 */
export function formView(present: Presenter, form: FormParts = {}): FormView {
  const entries = Object.entries(form.errors ?? {}).map(([name, key]) => [name, wordsOf(present, key)] as const)
  const fields = entries.map(([name, text]) => ({ href: `#${name}`, text }))
  const refusal = form.refusal && { text: present.error(form.refusal.code, form.refusal.details) }
  return {
    values: form.values ?? {},
    errors: Object.fromEntries(entries),
    errorList: refusal ? [refusal, ...fields] : fields,
    key: form.unknownKey ?? randomUUID(),
    keepKey: form.unknownKey !== undefined,
    version: form.version,
  }
}

/** `common:field.phone` is a key of a catalogue, `version.stale` an error code. */
function wordsOf(present: Presenter, key: string): string {
  return key.includes(':') ? present.t(key) : present.error(key)
}
