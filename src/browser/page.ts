/** Fired on the document when another page or part of a page has taken its place. */
const CHANGED = 'jjn:changed'

/** Runs now and whenever the page, or a part of it, was replaced. */
export function onPage(run: () => void): void {
  run()
  document.addEventListener(CHANGED, run)
}

/** Tells everyone that the page, or a part of it, was replaced. */
export function pageChanged(): void {
  document.dispatchEvent(new Event(CHANGED))
}

/** Parses a page the server sent. Scripts in it do not run. */
export function parsePage(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html')
}

/**
 * Shows a page the server answered a form with, without loading it again.
 *
 * A page reached by redirect gets its address and an entry in the history; a form shown again keeps the address it was opened with.
 */
export function showPage(html: string, url: string, isNew: boolean): void {
  const page = parsePage(html)
  document.title = page.title
  document.documentElement.lang = page.documentElement.lang
  document.documentElement.className = page.documentElement.className
  document.body.replaceWith(document.adoptNode(page.body))
  if (isNew && url !== location.href) history.pushState({ jjn: true }, '', url)
  window.scrollTo(0, 0)
  pageChanged()
  focusStart()
}

/** Puts the reader where the new page begins: at what is wrong, else at the main part. */
export function focusStart(): void {
  const found = ['[data-error-summary]', '[autofocus]', 'main'].map((part) => document.querySelector<HTMLElement>(part))
  const start = found.find((element) => element !== null)
  start?.focus({ preventScroll: start.tagName === 'MAIN' })
}
