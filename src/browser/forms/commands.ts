import { onPage, showPage } from '../page.ts'
import { learnServerTime } from '../server-time.ts'
import { say } from '../words.ts'
import { beginAttempt, endAttempt, prepareKey } from './attempt-keys.ts'
import { clearDraft, clearDrafts } from './drafts.ts'
import { sendCommand } from './send-command.ts'

/**
 * Sends every `form[data-command]` so that nothing typed is lost and nothing is done twice.
 *
 * The first press says at once what is happening, a second press does nothing; without scripts the form is an ordinary one.
 */
export function startCommands(): void {
  onPage(() => document.querySelectorAll<HTMLFormElement>('form[data-command]').forEach(prepareKey))

  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    if (form.dataset['signOut'] !== undefined) clearDrafts()
    if (form.dataset['command'] === undefined) return
    event.preventDefault()
    if (form.getAttribute('aria-busy') === 'true') return
    void submit(form, event.submitter ?? pressedIn(form))
  })
}

/** The button pressed last, for browsers whose submit event does not name it. */
function pressedIn(form: HTMLFormElement): HTMLElement | null {
  const active = document.activeElement
  return active instanceof HTMLButtonElement && active.form === form ? active : null
}

async function submit(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const body = bodyOf(form, submitter)
  const url = submitter?.getAttribute('formaction') ?? form.action
  const note = startWaiting(form)
  beginAttempt(form)
  const outcome = await sendCommand(url, body, form.enctype === 'multipart/form-data', () => {
    note.textContent = say('form.retrying')
  })
  if (!outcome.known) {
    stopWaiting(form)
    note.textContent = say('form.stopped')
    return
  }
  endAttempt(form)
  await showAnswer(form, outcome.response)
}

function bodyOf(form: HTMLFormElement, submitter: HTMLElement | null): FormData {
  const body = new FormData(form)
  const name = submitter?.getAttribute('name')
  if (name) body.append(name, submitter?.getAttribute('value') ?? '')
  return body
}

/** A page takes the form's place; anything else, such as a file, is opened by its address. */
async function showAnswer(form: HTMLFormElement, response: Response): Promise<void> {
  const isSignIn = new URL(response.url).pathname === '/sign-in'
  if (response.ok && !isSignIn) clearDraft(form)
  if (!response.headers.get('content-type')?.includes('html')) {
    location.assign(response.url)
    return
  }
  showPage(await response.text(), response.url, response.redirected)
  learnServerTime(document)
}

function startWaiting(form: HTMLFormElement): HTMLElement {
  form.setAttribute('aria-busy', 'true')
  for (const button of buttonsOf(form)) button.setAttribute('aria-disabled', 'true')
  const note = noteOf(form)
  note.textContent = say('form.saving')
  return note
}

function stopWaiting(form: HTMLFormElement): void {
  form.removeAttribute('aria-busy')
  for (const button of buttonsOf(form)) button.removeAttribute('aria-disabled')
}

function buttonsOf(form: HTMLFormElement): NodeListOf<HTMLElement> {
  return form.querySelectorAll<HTMLElement>('button, .govuk-button')
}

/** The line under the buttons that says what is happening, read out when it changes. */
function noteOf(form: HTMLFormElement): HTMLElement {
  const found = form.querySelector<HTMLElement>('.jjn-saving')
  if (found) return found
  const note = document.createElement('p')
  note.className = 'jjn-saving'
  note.setAttribute('role', 'status')
  form.append(note)
  return note
}
