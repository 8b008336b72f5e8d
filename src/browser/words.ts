type Words = Readonly<Record<string, unknown>>

const words = JSON.parse(document.getElementById('jjn-words')?.textContent ?? '{}') as Words

/**
 * A text of the browser's own catalogue part (`common:browser`, and `common:due` under `due`).
 *
 * @param key - path with dots, e.g. `form.saving`
 * @param params - values for `{{name}}` in the text
 */
export function say(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  const found = key
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], words)
  const text = typeof found === 'string' ? found : key
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? ''))
}
