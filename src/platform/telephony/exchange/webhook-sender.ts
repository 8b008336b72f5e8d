import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { signatureOf } from '../signature.ts'
import type { Fault, Faults, WebhookKind } from './faults.ts'
import type { Address } from './verb.ts'
import { createWebhookAgents, requestWebhook, WebhookError } from './webhook-request.ts'
import type { WebhookAnswer } from './webhook-request.ts'

export interface Webhook {
  readonly kind: WebhookKind
  readonly address: Address
  readonly params: Readonly<Record<string, string>>
}

/** One delivery as it went. */
export interface SentWebhook {
  readonly at: Date
  readonly kind: WebhookKind
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  readonly ms: number
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
}

export interface WebhookSender {
  /**
   * Delivers a webhook, with the faults ordered for it.
   *
   * @throws WebhookError when there is no answer, or none with a status below 300
   */
  send(webhook: Webhook): Promise<WebhookAnswer>
  /** The last deliveries, oldest first. */
  recent(): readonly SentWebhook[]
  /** Waits until nothing is on its way, or the time is over. Milliseconds. Tells whether all arrived. */
  idle(waitMs: number): Promise<boolean>
  close(): void
}

export interface WebhookSenderOptions {
  readonly authToken: string
  readonly timeoutMs: number
  readonly faults: Faults
  readonly shortcut?: Shortcut | undefined
}

/** On one box: webhooks for the product's public address go straight to where it listens, signed for the public one. */
export interface Shortcut {
  /** `https://hotline.example` */
  readonly from: string
  /** `http://127.0.0.1:3000` */
  readonly to: string
}

const KEPT_DELIVERIES = 2_000

/** Signs and delivers webhooks over connections that stay open. */
export function createWebhookSender({ authToken, timeoutMs, faults, shortcut }: WebhookSenderOptions): WebhookSender {
  const agents = createWebhookAgents()
  const recent: SentWebhook[] = []
  const onTheirWay = new Set<Promise<unknown>>()

  async function deliver(webhook: Webhook, token: string): Promise<WebhookAnswer> {
    const { url, body, signed } = encode(webhook)
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'i-twilio-idempotency-token': token,
      'x-twilio-signature': signatureOf(authToken, url.href, signed),
      host: url.host,
    }
    const startedAt = performance.now()
    let status = 0
    try {
      const request = { method: webhook.address.method, body, headers, agents, timeoutMs }
      const answer = await requestWebhook({ ...request, url: shortened(url, shortcut) })
      status = answer.status
      if (status >= 300) throw new WebhookError(11200, `${url.href} answered ${status}`)
      return answer
    } finally {
      const ms = performance.now() - startedAt
      recent.push({ at: new Date(), kind: webhook.kind, url: url.href, params: webhook.params, ms, status })
      if (recent.length > KEPT_DELIVERIES) recent.shift()
    }
  }

  function deliverAgain(webhook: Webhook, token: string): void {
    const again = deliver(webhook, token).catch(() => undefined)
    onTheirWay.add(again)
    void again.finally(() => onTheirWay.delete(again))
  }

  async function sendFaulty(webhook: Webhook, fault: Fault | undefined): Promise<WebhookAnswer> {
    const token = randomUUID()
    if (fault?.what === 'lost') throw new WebhookError(11205, 'Lost on the way, as ordered')
    if (fault?.what === 'late') await sleep(fault.ms)
    if (fault?.what === 'twice' && fault.atOnce) deliverAgain(webhook, token)
    const answer = await deliver(webhook, token)
    if (fault?.what === 'twice' && !fault.atOnce) deliverAgain(webhook, token)
    return answer
  }

  return {
    async send(webhook) {
      const sending = sendFaulty(webhook, faults.take(['twice', 'late', 'lost'], webhook.kind, webhook.address.url))
      onTheirWay.add(sending)
      try {
        return await sending
      } finally {
        onTheirWay.delete(sending)
      }
    },
    recent: () => recent,
    async idle(waitMs) {
      const over = AbortSignal.timeout(waitMs)
      while (onTheirWay.size > 0 && !over.aborted) await Promise.race([...onTheirWay, sleep(20)]).catch(() => undefined)
      return onTheirWay.size === 0
    },
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

function shortened(url: URL, shortcut: Shortcut | undefined): URL {
  if (shortcut === undefined || url.origin !== new URL(shortcut.from).origin) return url
  return new URL(url.pathname + url.search, shortcut.to)
}

/** What is sent, and what of it the signature covers: the address, and for a POST the fields. */
function encode({ address, params }: Webhook): { url: URL; body: string; signed: Record<string, string> } {
  if (!URL.canParse(address.url) || !/^https?:/.test(address.url)) {
    throw new WebhookError(11210, `${address.url} is no address`)
  }
  const url = new URL(address.url)
  url.hash = ''
  const fields = new URLSearchParams(params)
  if (address.method === 'POST') return { url, body: fields.toString(), signed: { ...params } }
  for (const [name, value] of fields) url.searchParams.append(name, value)
  return { url, body: '', signed: {} }
}
