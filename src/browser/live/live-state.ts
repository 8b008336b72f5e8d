import { say } from '../words.ts'

/** What the top bar says about the connection. */
export type LiveState = 'connecting' | 'connected' | 'offline' | 'held' | 'soundBlocked'

/** A state that may pass by itself is shown only after this long, so that a blink of the network says nothing. Milliseconds. */
const PATIENCE_MS = 2000

const PATIENT: ReadonlySet<LiveState> = new Set(['connecting', 'offline'])
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Says calmly how live the page is.
 *
 * @param params.clock - for `offline`: since when the content stands still, as hours and minutes
 */
export function sayLiveState(state: LiveState, params: Readonly<Record<string, string>> = {}): void {
  clearTimeout(timer)
  if (PATIENT.has(state)) timer = setTimeout(() => show(state, params), PATIENCE_MS)
  else show(state, params)
}

function show(state: LiveState, params: Readonly<Record<string, string>>): void {
  const place = document.querySelector<HTMLElement>('[data-live-state]')
  if (!place) return
  const text = say(`live.${state}`, params)
  place.dataset['liveState'] = state
  place.hidden = false
  if (place.textContent === text) return
  const words = document.createElement('span')
  words.textContent = text
  place.textContent = ''
  place.append(words)
}
