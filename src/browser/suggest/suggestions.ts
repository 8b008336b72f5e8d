import { onPage } from '../page.ts'
import { say } from '../words.ts'
import { createCombobox } from './combobox.ts'
import type { Combobox } from './combobox.ts'

/** A place the server offers; `path` leads to it from the province down. */
export interface Candidate {
  readonly code: string
  readonly name: string
  readonly path: string
}

/** Waits this long after a keystroke before asking. Milliseconds. */
const TYPING_MS = 120

/** Turns every `input[data-suggest]` into a list of places to choose from; without scripts it is a plain text field. */
export function startSuggestions(): void {
  onPage(() => document.querySelectorAll<HTMLInputElement>('input[data-suggest]').forEach(connect))
}

function connect(input: HTMLInputElement): void {
  if (input.getAttribute('role') === 'combobox') return
  const code = document.getElementById(input.dataset['suggestCode'] ?? '') as HTMLInputElement | null
  let chosen = code?.value ? input.value : ''
  let asked = 0
  const box = createCombobox(input, (candidate) => {
    chosen = candidate.name
    input.value = candidate.name
    if (code) code.value = candidate.code
    input.dispatchEvent(new Event('change', { bubbles: true }))
    box.tell(say('suggest.chosen', { name: candidate.path }))
  })

  // More words may follow the chosen place ("常乐镇 汽车站"); another place forgets the code.
  input.addEventListener('input', () => {
    if (code && chosen !== '' && !input.value.startsWith(chosen)) {
      code.value = ''
      chosen = ''
      input.dispatchEvent(new Event('change', { bubbles: true }))
    }
    asked += 1
    const question = asked
    setTimeout(() => {
      if (question === asked) void ask(input, box, () => question === asked)
    }, TYPING_MS)
  })
}

async function ask(input: HTMLInputElement, box: Combobox, isLatest: () => boolean): Promise<void> {
  const text = input.value.trim()
  if (text === '') {
    box.show([])
    return
  }
  const candidates = await fetchCandidates(input.dataset['suggest'] ?? '', text)
  if (!candidates || !isLatest() || document.activeElement !== input) return
  box.show(candidates)
  box.tell(candidates.length > 0 ? say('suggest.found', { count: candidates.length }) : say('suggest.none'))
}

/** Undefined when the server cannot be asked: then the field simply stays a text field. */
async function fetchCandidates(source: string, text: string): Promise<Candidate[] | undefined> {
  try {
    const url = new URL(source, location.href)
    url.searchParams.set('q', text)
    const response = await fetch(url.href, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
    if (!response.ok) return undefined
    const answer = (await response.json()) as { candidates?: Candidate[] }
    return answer.candidates ?? []
  } catch {
    return undefined
  }
}
