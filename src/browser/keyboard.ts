/** Keys that open what declares them with `data-key`. */
const LINK_KEYS: ReadonlySet<string> = new Set(['F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9'])

/** `/` goes to the search field, Ctrl+Enter sends the form, F-keys follow their links, Esc closes and never destroys. */
export function startKeyboard(): void {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const act = actionOf(event)
    if (!act) return
    event.preventDefault()
    act()
  })
}

function actionOf(event: KeyboardEvent): (() => void) | undefined {
  const target = event.target instanceof HTMLElement ? event.target : document.body
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return sending(target)
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (event.key === '/' && !isTyping(target))
    return focusing(document.querySelector('input[type="search"], [data-search]'))
  if (LINK_KEYS.has(event.key)) return clicking(document.querySelector(`[data-key="${event.key}"]`))
  if (event.key === 'Escape') return closing(target)
  return undefined
}

/** Sends the form one is in, else the page's primary form, as if its first button were pressed. */
function sending(target: HTMLElement): (() => void) | undefined {
  const form = target.closest('form') ?? document.querySelector('form[data-primary]')
  return clicking(form?.querySelector('button[type="submit"], button:not([type])') ?? null)
}

/** A search field would be emptied by Esc; an open menu is closed and gives the focus back. */
function closing(target: HTMLElement): (() => void) | undefined {
  if (target instanceof HTMLInputElement && target.type === 'search') return () => undefined
  const menu = target.closest<HTMLDetailsElement>('details.jjn-account[open]')
  if (!menu) return undefined
  return () => {
    menu.open = false
    menu.querySelector('summary')?.focus()
  }
}

function isTyping(target: HTMLElement): boolean {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

function focusing(field: HTMLElement | null): (() => void) | undefined {
  return field ? () => field.focus() : undefined
}

function clicking(element: HTMLElement | null): (() => void) | undefined {
  return element ? () => element.click() : undefined
}
