import { dueFrom } from '../shared/due.ts'
import { onPage } from './page.ts'
import { learnServerTime, serverNowMs } from './server-time.ts'
import { say } from './words.ts'

/** How often due times are written anew. Milliseconds. */
const TICK_MS = 15_000

/** Keeps the words of every due time true while the page stays open. */
export function startDueTicker(): void {
  learnServerTime(document)
  onPage(tick)
  setInterval(tick, TICK_MS)
}

function tick(): void {
  document.querySelectorAll<HTMLTimeElement>('time[data-due]').forEach(writeDue)
}

function writeDue(element: HTMLTimeElement): void {
  const soonMinutes = element.dataset['soon'] === undefined ? undefined : Number(element.dataset['soon'])
  const due = dueFrom(Date.parse(element.dateTime), serverNowMs(), soonMinutes)
  const { days, hours, minutes } = due
  const text = say(`due.${due.side}.${due.span}`, { days, hours, minutes })
  const words = element.querySelector('[data-due-words]')
  if (words && words.textContent !== text) words.textContent = text
  element.className = `jjn-due jjn-due--${due.tone}`
}
