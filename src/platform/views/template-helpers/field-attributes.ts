import Handlebars from 'handlebars'
import type { HelperOptions } from 'handlebars'

const { escapeExpression, SafeString } = Handlebars

/** The values of a field partial that its attributes depend on. */
interface FieldContext {
  readonly id?: string
  readonly name: string
  readonly hint?: string
  readonly form?: { readonly errors: Readonly<Record<string, string>> }
}

/**
 * Ties a field to its hint and its error message: `{{field-attributes}}` inside its tag.
 *
 * `set=true` is for a group of choices, which cannot itself be invalid.
 */
export function fieldAttributes(this: FieldContext, options: HelperOptions): Handlebars.SafeString {
  const id = escapeExpression(this.id ?? this.name)
  const isWrong = this.form?.errors[this.name] !== undefined
  const notes = [this.hint ? `${id}-hint` : '', isWrong ? `${id}-error` : ''].filter((note) => note !== '')
  const described = notes.length > 0 ? ` aria-describedby="${notes.join(' ')}"` : ''
  const invalid = isWrong && options.hash['set'] !== true ? ' aria-invalid="true"' : ''
  return new SafeString(described + invalid)
}
