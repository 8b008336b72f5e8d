import type { z } from 'zod'
import type { CallFacts } from './call-facts.ts'
import { controlAnswers } from './control-shapes.ts'
import type { CallView, controlRequests, DeliveredWebhook, NewCall, PhoneView } from './control-shapes.ts'

/** The exchange refused, or is not there. `code` is its own: `not_ringing`, `no_number`, `unreachable` … */
export class ExchangeControlError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ExchangeControlError'
    this.code = code
  }
}

/** Wait for news: answers when the version is beyond `after`, or after `waitMs` at most. */
export interface Watch {
  readonly after: number
  readonly waitMs: number
}

/**
 * The hands of people outside: callers, owners of phones and operators' lines, and those who order faults. For the simulator
 * page, the commands and the tests; every method may throw `ExchangeControlError`.
 */
export interface ExchangeControl {
  call(call: NewCall): Promise<string>
  liveCalls(): Promise<CallFacts[]>
  watchCall(sid: string, watch?: Watch): Promise<CallView>
  say(sid: string, text: string): Promise<void>
  press(sid: string, keys: string): Promise<void>
  hangUp(sid: string): Promise<void>
  /** Breaks the line; `silently` also without a report to the product. */
  drop(sid: string, silently?: boolean): Promise<void>
  /** Ends the call's present wait at once: a ringing, a pause, a silence. Tells whether there was one. */
  skip(sid: string): Promise<boolean>
  watchPhone(id: string, watch?: Watch): Promise<PhoneView>
  setPhone(id: string, manner: z.input<typeof controlRequests.manner>): Promise<void>
  /** Answers the call that has rung longest, or the one named; gives the leg's id. */
  answerPhone(id: string, sid?: string): Promise<string>
  declinePhone(id: string, sid?: string): Promise<string>
  hangUpPhone(id: string): Promise<string>
  sayOnPhone(id: string, text: string): Promise<void>
  pressOnPhone(id: string, keys: string): Promise<void>
  text(text: z.input<typeof controlRequests.text>): Promise<z.infer<typeof controlAnswers.text>>
  numbers(): Promise<z.infer<typeof controlAnswers.numbers>['numbers']>
  setNumber(number: z.input<typeof controlRequests.number>): Promise<void>
  orderFault(fault: z.input<typeof controlRequests.fault>): Promise<void>
  clearFaults(): Promise<void>
  queues(): Promise<z.infer<typeof controlAnswers.queues>['queues']>
  /** The last webhooks the exchange delivered, oldest first. */
  webhooks(): Promise<DeliveredWebhook[]>
  /** Waits until no webhook is on its way. Milliseconds. */
  idle(waitMs: number): Promise<boolean>
}

/** Beyond a long poll, the longest wait for an answer. Milliseconds. */
const ANSWER_MS = 20_000

/**
 * Hands on the exchange at this address.
 *
 * @param exchangeUrl - `http://127.0.0.1:PORT`
 */
export function createExchangeControl(exchangeUrl: string): ExchangeControl {
  const ask = createAsk(`${exchangeUrl.replace(/\/+$/, '')}/control`)
  const phone = (id: string) => `/phones/${encodeURIComponent(id)}`
  const done = async (method: string, path: string, body?: object) =>
    (await ask(controlAnswers.done, method, path, body)).done
  const sid = async (path: string, body: object) => (await ask(controlAnswers.sid, 'POST', path, body)).sid

  return {
    call: (call) => sid('/calls', call),
    liveCalls: async () => (await ask(controlAnswers.calls, 'GET', '/calls')).calls,
    watchCall: (id, watch) =>
      ask(controlAnswers.call, 'GET', `/calls/${id}${asQuery(watch)}`, undefined, watch?.waitMs),
    say: (id, text) => nothing(done('POST', `/calls/${id}/say`, { text })),
    press: (id, keys) => nothing(done('POST', `/calls/${id}/press`, { keys })),
    hangUp: (id) => nothing(done('POST', `/calls/${id}/hang-up`)),
    drop: (id, silently = false) => nothing(done('POST', `/calls/${id}/drop`, { silently })),
    skip: (id) => done('POST', `/calls/${id}/skip`),
    watchPhone: (id, watch) => ask(controlAnswers.phone, 'GET', phone(id) + asQuery(watch), undefined, watch?.waitMs),
    setPhone: (id, manner) => nothing(done('PUT', phone(id), manner)),
    answerPhone: (id, call) => sid(`${phone(id)}/answer`, call === undefined ? {} : { sid: call }),
    declinePhone: (id, call) => sid(`${phone(id)}/decline`, call === undefined ? {} : { sid: call }),
    hangUpPhone: (id) => sid(`${phone(id)}/hang-up`, {}),
    sayOnPhone: (id, text) => nothing(done('POST', `${phone(id)}/say`, { text })),
    pressOnPhone: (id, keys) => nothing(done('POST', `${phone(id)}/press`, { keys })),
    text: (text) => ask(controlAnswers.text, 'POST', '/texts', text),
    numbers: async () => (await ask(controlAnswers.numbers, 'GET', '/numbers')).numbers,
    setNumber: (number) => nothing(done('PUT', '/numbers', number)),
    orderFault: (fault) => nothing(ask(controlAnswers.faults, 'POST', '/faults', fault)),
    clearFaults: () => nothing(done('DELETE', '/faults')),
    queues: async () => (await ask(controlAnswers.queues, 'GET', '/queues')).queues,
    webhooks: async () => (await ask(controlAnswers.webhooks, 'GET', '/webhooks')).webhooks,
    idle: async (waitMs) => (await ask(controlAnswers.idle, 'GET', `/idle?waitMs=${waitMs}`, undefined, waitMs)).idle,
  }
}

function createAsk(base: string) {
  return async <T>(answer: z.ZodType<T>, method: string, path: string, body?: object, waitMs = 0): Promise<T> => {
    const response = await fetch(base + path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS + waitMs),
    }).catch((error: unknown) => {
      throw new ExchangeControlError('unreachable', `No exchange answers at ${base}`, { cause: error })
    })
    const given: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer.parse(given)
    const refusal = controlAnswers.refusal.safeParse(given)
    const { code, message } = refusal.success ? refusal.data : { code: 'failed', message: `HTTP ${response.status}` }
    throw new ExchangeControlError(code, message)
  }
}

async function nothing(answer: Promise<unknown>): Promise<void> {
  await answer
}

function asQuery(watch: Watch | undefined): string {
  return watch === undefined ? '' : `?after=${watch.after}&waitMs=${watch.waitMs}`
}
