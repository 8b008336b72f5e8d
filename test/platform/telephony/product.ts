import express from 'express'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isSigned } from '../../../src/platform/telephony/signature.ts'
import { startPhones } from '../../support/phones.ts'
import type { Phones } from '../../support/phones.ts'
import type { ExchangeOptions } from '../../../src/platform/telephony/exchange/exchange.ts'

export const ACCOUNT = `AC${'5a'.repeat(16)}`
export const TOKEN = 'token-of-the-tests'
export const HOTLINE = '12320614000'

/** One webhook as the product got it. */
export interface Asked {
  readonly path: string
  readonly query: Record<string, unknown>
  readonly form: Record<string, string>
  readonly isSigned: boolean
  readonly token: string
}

/** A function that gives nothing lets the exchange wait. */
type Answer = string | ((asked: Asked) => string | { status: number; body?: string; type?: string } | undefined)

/** A small product that answers webhooks as a test tells it, and remembers what it was asked. */
export interface Product {
  readonly url: string
  readonly asked: Asked[]
  /** What is answered at a path from now on: a document, or a function that gives one. */
  answers(path: string, answer: Answer): void
  askedAt(path: string): Asked[]
  /** The address under which the exchange knows this product from now on. */
  knownAs(origin: string): void
  onConnection(told: (socket: object) => void): void
  stop(): Promise<void>
}

export async function startProduct(): Promise<Product> {
  const answers = new Map<string, Answer>()
  const asked: Asked[] = []
  const app = express()
  let origin = ''
  app.use(express.urlencoded({ extended: false }), (request, response) => {
    const form = (request.body ?? {}) as Record<string, string>
    const one: Asked = {
      path: request.path,
      query: request.query,
      form,
      isSigned: isSigned(TOKEN, [origin], {
        signature: request.get('x-twilio-signature'),
        path: request.originalUrl,
        fields: form,
      }),
      token: request.get('i-twilio-idempotency-token') ?? '',
    }
    asked.push(one)
    const answer = answers.get(request.path) ?? ''
    const given = typeof answer === 'string' ? answer : answer(one)
    if (given === undefined) return
    if (typeof given === 'string') response.type('text/xml').send(given)
    else
      response
        .status(given.status)
        .type(given.type ?? 'text/xml')
        .send(given.body ?? '')
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  origin = url
  return {
    url,
    asked,
    knownAs(other) {
      origin = other
    },
    answers: (path, answer) => void answers.set(path, answer),
    askedAt: (path) => asked.filter((one) => one.path === path),
    onConnection: (told) => void server.on('connection', told),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A product and an exchange that knows it, with lines of the log. */
export interface World {
  readonly product: Product
  readonly phones: Phones
  readonly lines: { fields: object; message: string }[]
  stop(): Promise<void>
}

export async function startWorld(options: Partial<ExchangeOptions> = {}): Promise<World> {
  const product = await startProduct()
  const lines: World['lines'] = []
  const keep = (fields: object, message: string) => void lines.push({ fields, message })
  const phones = await startPhones({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    numbers: [
      {
        number: HOTLINE,
        voiceUrl: `${product.url}/voice`,
        statusCallback: `${product.url}/status`,
        smsUrl: `${product.url}/text`,
      },
    ],
    log: { info: keep, warn: keep, error: keep },
    ...options,
  })
  return {
    product,
    phones,
    lines,
    async stop() {
      await phones.stop()
      await product.stop()
    },
  }
}

/** A document of these verbs, written as XML. */
export function response(...verbs: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`
}

/** Waits until the condition holds; fails with the description. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
