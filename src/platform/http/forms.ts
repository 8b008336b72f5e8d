import type { ZodType } from 'zod'

/** What came of a form: its values, or a message key per field together with what was typed. */
export type FormResult<Values> =
  | { readonly ok: true; readonly values: Values; readonly typed: Typed }
  | { readonly ok: false; readonly errors: FieldErrors; readonly typed: Typed }

/** What the person typed, to show it again. */
export type Typed = Readonly<Record<string, unknown>>

/** Message key per field path (`place.text`). The words stand in the catalogues. */
export type FieldErrors = Readonly<Record<string, string>>

/** A form that is wrong is not an error: the page is shown again with what was typed. */
export function parseForm<Values>(schema: ZodType<Values>, body: unknown): FormResult<Values> {
  const typed = withoutCommandFields(body)
  const parsed = schema.safeParse(typed)
  if (parsed.success) return { ok: true, values: parsed.data, typed }
  const errors: Record<string, string> = {}
  for (const issue of parsed.error.issues) errors[issue.path.map(String).join('.')] ??= issue.message
  return { ok: false, errors, typed }
}

/** The hidden fields of a page's command are no part of what the person typed. */
function withoutCommandFields(body: unknown): Typed {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>)
  return Object.fromEntries(fields.filter(([name]) => !name.startsWith('_')))
}
