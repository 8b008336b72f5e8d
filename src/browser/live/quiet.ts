/** After a finger is lifted the page stays still for a moment, because a second tap may follow. Milliseconds. */
const AFTER_TOUCH_MS = 300

let isPressed = false
let releasedAtMs = -Infinity
const waiting = new Map<HTMLElement, () => void>()

for (const down of ['pointerdown', 'touchstart']) {
  addEventListener(down, () => (isPressed = true), { capture: true, passive: true })
}
for (const up of ['pointerup', 'touchend', 'touchcancel']) {
  addEventListener(up, release, { capture: true, passive: true })
}
// A finger that scrolls gives its pointer up but stays on the glass; its touchend follows.
addEventListener('pointercancel', (event) => {
  if (event.pointerType === 'mouse') release()
})
addEventListener('focusout', () => setTimeout(runQuiet, 0), { capture: true })

/**
 * Runs a change of a region when no finger is down and nobody types in it; a later change of the same region replaces the waiting one.
 *
 * @param held - told when it has to wait for somebody who is typing
 */
export function onceQuiet(region: HTMLElement, held: () => void, change: () => void): void {
  if (isQuiet(region)) {
    waiting.delete(region)
    change()
    return
  }
  waiting.set(region, change)
  if (isTypingIn(region)) held()
}

function release(): void {
  isPressed = false
  releasedAtMs = performance.now()
  setTimeout(runQuiet, AFTER_TOUCH_MS)
}

function runQuiet(): void {
  for (const [region, change] of [...waiting]) {
    if (!isQuiet(region)) continue
    waiting.delete(region)
    if (region.isConnected) change()
  }
}

function isQuiet(region: HTMLElement): boolean {
  const isTouched = isPressed || performance.now() - releasedAtMs < AFTER_TOUCH_MS - 50
  return !isTouched && !isTypingIn(region) && !region.querySelector('[aria-busy="true"]')
}

function isTypingIn(region: HTMLElement): boolean {
  const active = document.activeElement
  return active !== null && region.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName)
}
