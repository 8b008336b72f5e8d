import { randomUUID } from 'node:crypto'

/** Questions a template may ask. Handlebars passes its options last, so lists end before it. */
export const logic = {
  eq: (one: unknown, other: unknown) => one === other,
  not: (value: unknown) => !truthy(value),
  and: (...args: unknown[]) => args.slice(0, -1).every(truthy),
  or: (...args: unknown[]) => args.slice(0, -1).find(truthy) ?? args.at(-2),
  /** Whether a list (or a single value) has the value; for checkboxes shown again. */
  has: (list: unknown, value: unknown) => (Array.isArray(list) ? list.includes(value) : list === value),
  /** Joins texts, for ids and names: `{{join "case-" no}}`. */
  join: (...args: unknown[]) => args.slice(0, -1).filter(truthy).join(''),
  /** A fresh idempotency key, for one-button forms in lists. */
  newKey: () => randomUUID(),
}

/** Handlebars' own idea of true: an empty list is false. */
function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}
