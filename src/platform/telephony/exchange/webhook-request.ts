import http from 'node:http'
import https from 'node:https'
import type { HttpMethod } from './verb.ts'

/** The product did not answer as it should. Codes are Twilio's: 11200 wrong answer, 11205 no connection, 11210 bad address. */
export class WebhookError extends Error {
  readonly code: number

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'WebhookError'
    this.code = code
  }
}

export interface WebhookAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export interface WebhookRequest {
  readonly url: URL
  readonly method: HttpMethod
  /** Form-encoded; empty for GET. */
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly agents: WebhookAgents
  /** Longest wait for the whole answer. Milliseconds. */
  readonly timeoutMs: number
}

export interface WebhookAgents {
  readonly http: http.Agent
  readonly https: https.Agent
}

/** Largest answer read. Source: Twilio error 11750, "TwiML response body too large" (64 kB). */
const MAX_ANSWER_BYTES = 64 * 1024
const TOO_LARGE = 11750

/** Connections that stay open between webhooks. */
export function createWebhookAgents(): WebhookAgents {
  const options = { keepAlive: true, maxSockets: 256, maxFreeSockets: 64 }
  return { http: new http.Agent(options), https: new https.Agent(options) }
}

/**
 * Asks the product once; a kept connection that was closed just then is opened anew.
 *
 * @throws WebhookError
 */
export async function requestWebhook(request: WebhookRequest): Promise<WebhookAnswer> {
  try {
    return await requestOnce(request)
  } catch (error) {
    if (error instanceof StaleConnection) return requestOnce(request)
    throw error
  }
}

class StaleConnection extends Error {}

function requestOnce({ url, method, body, headers, agents, timeoutMs }: WebhookRequest): Promise<WebhookAnswer> {
  const [transport, agent] = url.protocol === 'https:' ? [https, agents.https] : [http, agents.http]
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const options = { method, agent, headers, signal, rejectUnauthorized: !ownMachine(url) }
    const outgoing = transport.request(url, options, (incoming) => {
      readAnswer(incoming).then(resolve, reject)
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') reject(new StaleConnection())
      else reject(new WebhookError(11205, `${url.origin} does not answer: ${error.message}`, { cause: error }))
    })
    outgoing.end(body)
  })
}

/** Nobody stands between two processes of one machine, and no certificate names it. */
function ownMachine({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

async function readAnswer(incoming: http.IncomingMessage): Promise<WebhookAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > MAX_ANSWER_BYTES) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw new WebhookError(11205, 'The answer broke off', { cause: error })
  }
  if (size > MAX_ANSWER_BYTES) {
    incoming.destroy()
    throw new WebhookError(TOO_LARGE, 'The answer is larger than 64 kB')
  }
  const contentType = incoming.headers['content-type'] ?? ''
  return { status: incoming.statusCode ?? 0, contentType, body: Buffer.concat(chunks).toString('utf8') }
}
