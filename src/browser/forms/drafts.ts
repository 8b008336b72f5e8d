import { onPage } from '../page.ts'
import { clockText, deviceNowMs } from '../server-time.ts'
import { say } from '../words.ts'
import { readFields, sameFields, writeFields } from './fields.ts'
import type { Fields } from './fields.ts'

const PREFIX = 'jjn:draft:'

/** A draft nobody came back to is forgotten after this long. Milliseconds, three days. */
const KEPT_MS = 3 * 86_400_000

interface Draft {
  readonly atMs: number
  readonly fields: Fields
}

/**
 * Keeps every keystroke of each `form[data-draft]` on this device, per signed-in account and draft, until the server has it.
 *
 * A draft is restored when the form is opened again, and said so; signing out forgets all of the account's drafts.
 */
export function startDrafts(): void {
  forgetOld()
  onPage(() => document.querySelectorAll<HTMLFormElement>('form[data-draft]').forEach(restore))
  document.addEventListener('input', keep)
  document.addEventListener('change', keep)
}

/** Forgets the draft of a form whose content the server now has. */
export function clearDraft(form: HTMLFormElement): void {
  if (form.dataset['draft'] !== undefined) localStorage.removeItem(storageKey(form))
}

/** Forgets all drafts of the signed-in account. */
export function clearDrafts(): void {
  const own = accountPrefix()
  for (const key of Object.keys(localStorage)) if (key.startsWith(own)) localStorage.removeItem(key)
}

function keep(event: Event): void {
  const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>('form[data-draft]') : null
  if (!form) return
  const draft: Draft = { atMs: deviceNowMs(), fields: readFields(form) }
  try {
    localStorage.setItem(storageKey(form), JSON.stringify(draft))
  } catch {
    // Storage is full or forbidden: the form still works, only a reload would lose what was typed.
  }
}

function restore(form: HTMLFormElement): void {
  if (form.dataset['restored'] !== undefined) return
  form.dataset['restored'] = ''
  const draft = readDraft(storageKey(form))
  if (!draft || sameFields(draft.fields, readFields(form))) return
  writeFields(form, draft.fields)
  form.prepend(restoredNote(form, draft.atMs))
}

function restoredNote(form: HTMLFormElement, atMs: number): HTMLElement {
  const note = document.createElement('div')
  note.className = 'jjn-draft-note'
  note.setAttribute('role', 'status')
  const text = document.createElement('span')
  text.textContent = say('form.restored', { clock: clockText(atMs) })
  const discard = document.createElement('button')
  discard.type = 'button'
  discard.className = 'jjn-link-button'
  discard.textContent = say('form.discard')
  discard.addEventListener('click', () => {
    clearDraft(form)
    form.reset()
    note.remove()
  })
  note.append(text, discard)
  return note
}

function forgetOld(): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue
    const draft = readDraft(key)
    if (!draft || draft.atMs < deviceNowMs() - KEPT_MS) localStorage.removeItem(key)
  }
}

function readDraft(key: string): Draft | undefined {
  const text = localStorage.getItem(key)
  if (text === null) return undefined
  try {
    return JSON.parse(text) as Draft
  } catch {
    return undefined
  }
}

function storageKey(form: HTMLFormElement): string {
  return accountPrefix() + (form.dataset['draft'] ?? '')
}

function accountPrefix(): string {
  return `${PREFIX}${document.body.dataset['account'] ?? ''}:`
}
