import { pageChanged, parsePage } from '../page.ts'
import { learnServerTime } from '../server-time.ts'
import { sayLiveState } from './live-state.ts'
import { morph } from './morph.ts'
import { onceQuiet } from './quiet.ts'

/** Facts that arrive together are fetched together. Milliseconds. */
const TOGETHER_MS = 30

/** How long something new stays marked. Milliseconds. */
const NEW_MS = 5000

const stale = new Set<string>()
let isFetching = false

/** Rooms that parts of the page depend on, from `data-live="case:1 unit:2"`. */
export function roomsOfPage(): string[] {
  return [...new Set(regions().flatMap(roomsOf))]
}

/** Fetches every region again that depends on a room. */
export function refreshRoom(room: string): void {
  for (const region of regions()) if (roomsOf(region).includes(room)) stale.add(region.id)
  void fetchStale()
}

/** Fetches every region again: after a night asleep, nobody knows what was missed. */
export function refreshAll(): void {
  for (const region of regions()) stale.add(region.id)
  void fetchStale()
}

async function fetchStale(): Promise<void> {
  if (isFetching || stale.size === 0) return
  isFetching = true
  await new Promise((resolve) => setTimeout(resolve, TOGETHER_MS))
  const ids = [...stale]
  stale.clear()
  const page = await fetchPage(ids)
  isFetching = false
  if (page) for (const id of ids) place(id, page)
  void fetchStale()
}

/** The page as it is now; undefined when it cannot be had, then the next event or reconnect tries again. */
async function fetchPage(ids: readonly string[]): Promise<Document | undefined> {
  try {
    const headers = { 'X-Fragment': ids.join(' '), Accept: 'text/html' }
    const response = await fetch(location.href, { headers, credentials: 'same-origin', cache: 'no-store' })
    if (!response.ok || response.redirected) return undefined
    const page = parsePage(await response.text())
    learnServerTime(page)
    document.body.dataset['rendered'] = page.body.dataset['rendered'] ?? ''
    return page
  } catch {
    return undefined
  }
}

/** Puts a fresh region in as soon as nobody is touching or typing in the old one; the newest copy wins. */
function place(id: string, page: Document): void {
  const region = document.getElementById(id)
  const fresh = page.getElementById(id)
  if (!region || !fresh) return
  onceQuiet(
    region,
    () => sayLiveState('held'),
    () => {
      const before = region.getBoundingClientRect()
      const added = morph(region, document.adoptNode(fresh))
      // What is read below a region that changed above the screen stays where it is.
      const grownBy = region.getBoundingClientRect().height - before.height
      if (before.bottom < 0 && grownBy !== 0) window.scrollBy(0, grownBy)
      for (const item of added) markNew(item)
      sayLiveState('connected')
      pageChanged()
    },
  )
}

function markNew(item: Element): void {
  item.classList.add('jjn-new')
  setTimeout(() => item.classList.remove('jjn-new'), NEW_MS)
}

function regions(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>('[data-live][id]'))
}

function roomsOf(region: HTMLElement): string[] {
  return (region.dataset['live'] ?? '').split(/\s+/).filter((room) => room !== '')
}
