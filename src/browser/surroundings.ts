import { focusStart } from './page.ts'

/** Small habits of a page: what is wrong gets the focus, menus close by themselves, back really goes back. */
export function startSurroundings(): void {
  if (document.querySelector('[data-error-summary]')) focusStart()

  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('[data-print]')) window.print()
    const menu = document.querySelector<HTMLDetailsElement>('details.jjn-account[open]')
    if (menu && !menu.contains(target)) menu.open = false
  })

  // Links that look like buttons act like buttons.
  document.addEventListener('keydown', (event) => {
    const target = event.target instanceof HTMLElement ? event.target : null
    if (event.key !== ' ' || target?.getAttribute('role') !== 'button' || target.tagName !== 'A') return
    event.preventDefault()
    target.click()
  })

  // Pages shown in place of another one have no copy of their own in the history.
  window.addEventListener('popstate', () => location.reload())
}
