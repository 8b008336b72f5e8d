/** How far the server's clock is ahead of this device's. Milliseconds. */
let aheadMs = 0

/** Learns the server's time from a page it has just made. */
export function learnServerTime(page: Document): void {
  const told = Date.parse(page.body.dataset['now'] ?? '')
  if (!Number.isNaN(told)) aheadMs = told - deviceNowMs()
}

/** Now, by the server's clock. Milliseconds since 1970. */
export function serverNowMs(): number {
  return deviceNowMs() + aheadMs
}

/** Now, by this device's clock. Milliseconds since 1970. */
export function deviceNowMs(): number {
  return new Date().getTime()
}

/** A moment as hours and minutes of Beijing time, whatever this device is set to. */
export function clockText(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(11, 16)
}
