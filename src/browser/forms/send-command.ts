/** An answer that takes longer counts as unknown. Milliseconds. */
const ANSWER_MS = 20_000

/** Waits before trying again under the same key. Milliseconds. */
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000]

/** What became of an attempt: an answer, or nobody knows. */
export type Outcome = { readonly known: true; readonly response: Response } | { readonly known: false }

/**
 * Sends a form. While the outcome is unknown (no network, no answer, a proxy's 502 to 504) it is sent again with the same body and so the
 * same idempotency key; the server does it once.
 *
 * @param onRetry - told before each further try
 */
export async function sendCommand(
  url: string,
  body: FormData,
  isMultipart: boolean,
  onRetry: () => void,
): Promise<Outcome> {
  const sent = isMultipart ? body : new URLSearchParams(body as unknown as Record<string, string>)
  for (const waitMs of [0, ...WAITS_MS]) {
    if (waitMs > 0) {
      onRetry()
      await pause(waitMs)
    }
    const response = await sendOnce(url, sent)
    if (response && response.status < 500) return { known: true, response }
    if (response?.status === 500) return { known: false }
  }
  return { known: false }
}

async function sendOnce(url: string, body: FormData | URLSearchParams): Promise<Response | undefined> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), ANSWER_MS)
  try {
    const headers = { Accept: 'text/html' }
    return await fetch(url, { method: 'POST', body, headers, credentials: 'same-origin', signal: abort.signal })
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** Waits, or goes on at once when the device says that it is online again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
  })
}
