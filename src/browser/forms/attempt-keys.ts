const PREFIX = 'jjn:attempt:'

/** A random idempotency key. `randomUUID` exists only over https, so plain http makes the same from random bytes. */
export function newKey(): string {
  if ('randomUUID' in crypto) return crypto.randomUUID()
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/**
 * Gives the form its key before the first attempt.
 *
 * An attempt from this form whose outcome nobody knows keeps its key, also across a reload; otherwise the key is fresh, so that two copies
 * of one page never share it.
 */
export function prepareKey(form: HTMLFormElement): void {
  const field = keyField(form)
  if (!field || field.dataset['prepared'] !== undefined) return
  field.dataset['prepared'] = ''
  const pending = sessionStorage.getItem(PREFIX + identityOf(form))
  if (pending !== null) field.value = pending
  else if (field.dataset['keepKey'] === undefined) field.value = newKey()
}

/** Remembers the key of an attempt that has begun. */
export function beginAttempt(form: HTMLFormElement): void {
  const key = keyField(form)?.value
  if (key !== undefined) sessionStorage.setItem(PREFIX + identityOf(form), key)
}

/** The attempt has its answer; the next one is another command. */
export function endAttempt(form: HTMLFormElement): void {
  sessionStorage.removeItem(PREFIX + identityOf(form))
}

function keyField(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[name="_key"]')
}

/** What tells one form from another: its draft, or where it goes with which hidden values. */
function identityOf(form: HTMLFormElement): string {
  const draft = form.dataset['draft']
  if (draft !== undefined) return draft
  const hidden = Array.from(form.querySelectorAll<HTMLInputElement>('input[type="hidden"]'))
  const values = hidden.filter(({ name }) => !/^_(csrf|key)$/.test(name)).map(({ name, value }) => `${name}=${value}`)
  return `${form.getAttribute('action') ?? ''}?${values.join('&')}`
}
