/** What may stand in a record that is hashed: no floats, no undefined, no dates (write them as RFC 3339 strings). */
export type PlainJson = string | number | boolean | null | readonly PlainJson[] | { readonly [name: string]: PlainJson }

/**
 * The one text of a value that everybody who hashes it agrees on. RFC 8785 (JCS), restricted to safe integers.
 *
 * @throws TypeError for a float, `undefined` or anything that is not plain JSON
 */
export function canonicalJson(value: PlainJson): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (typeof value === 'number') return canonicalInteger(value)
  if (Array.isArray(value)) return `[${(value as readonly PlainJson[]).map(canonicalJson).join(',')}]`
  if (Object.getPrototypeOf(value) === Object.prototype) return canonicalObject(value as Record<string, PlainJson>)
  throw new TypeError('Only plain JSON has a canonical form')
}

function canonicalInteger(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new TypeError(`Only safe integers have a canonical form, not ${String(value)}`)
  return Object.is(value, -0) ? '0' : String(value)
}

/** Names are sorted by UTF-16 code units, as RFC 8785 section 3.2.3 asks; that is what `sort()` does. */
function canonicalObject(value: Record<string, PlainJson>): string {
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name.toWellFormed())}:${canonicalJson(value[name] as PlainJson)}`)
  return `{${members.join(',')}}`
}
