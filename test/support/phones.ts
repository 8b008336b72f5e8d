import { createExchangeControl, toDialable } from '../../src/platform/telephony/index.ts'
import type { CallView, ExchangeControl, PhoneView, Watch } from '../../src/platform/telephony/index.ts'
import { startExchange } from '../../src/platform/telephony/exchange/exchange.ts'
import type { ExchangeOptions } from '../../src/platform/telephony/exchange/exchange.ts'

/** Longest wait for anything to happen on a phone. Milliseconds. */
const WAIT_MS = 10_000

/** A step of a story; awaited, or followed by the next one. */
type Step<T> = T & PromiseLike<void>

/** A call as its caller lives through it. */
export interface CallerSteps {
  /** Waits until the words are heard, after those heard before. */
  hears(words: string): Step<CallerSteps>
  presses(keys: string): Step<CallerSteps>
  says(words: string): Step<CallerSteps>
  /** Waits until this phone or line (`client:O1`) is connected. */
  isAnsweredBy(id: string): Step<CallerSteps>
  hangsUp(): Step<CallerSteps>
  /** Breaks the line, with or without a report to the product. */
  isCutOff(silently?: boolean): Step<CallerSteps>
  /** The present ringing, pause or silence is over at once. */
  waitsLongEnough(): Step<CallerSteps>
  /** Waits until the call is over, in this state if one is named. */
  isOver(status?: CallView['status']): Step<CallerSteps>
  /** What the exchange knows of the call. */
  view(): Promise<CallView>
}

/** Somebody's phone, or an operator's line. */
export interface PhoneSteps {
  rings(): Step<PhoneSteps>
  answers(): Step<PhoneSteps>
  declines(): Step<PhoneSteps>
  hears(words: string): Step<PhoneSteps>
  says(words: string): Step<PhoneSteps>
  presses(keys: string): Step<PhoneSteps>
  hangsUp(): Step<PhoneSteps>
  stopsRinging(): Step<PhoneSteps>
  /** Waits until a text with these words has come. */
  wasTexted(words: string): Step<PhoneSteps>
  /** From now on it is engaged, switched off, refuses, answers by itself, or rings. */
  is(manner: Parameters<ExchangeControl['setPhone']>[1]): Step<PhoneSteps>
  view(): Promise<PhoneView>
}

export interface Phones {
  /** The exchange's address. */
  readonly url: string
  readonly control: ExchangeControl
  /** Somebody who calls or texts one of the product's numbers. */
  caller(number: string): {
    dials(hotline: string, plan?: { say?: string | string[]; press?: string }): Step<CallerSteps>
    texts(hotline: string, words: string): Promise<void>
  }
  /** A phone by its number in any spelling, or an operator's line: `client:O1`. */
  phone(id: string): PhoneSteps
  stop(): Promise<void>
}

/** Starts an exchange of its own on a free port, with its phones. */
export async function startPhones(options: ExchangeOptions): Promise<Phones> {
  const exchange = await startExchange(options)
  return { ...phonesAt(exchange.url), stop: () => exchange.stop() }
}

/** The phones of an exchange that runs already. */
export function phonesAt(url: string): Phones {
  const control = createExchangeControl(url)
  return {
    url,
    control,
    caller: (from) => ({
      dials: (to, plan = {}) => callerSteps(control, control.call({ from, to, ...plan })),
      texts: async (to, text) => {
        await control.text({ from, to, text })
      },
    }),
    phone: (id) => phoneSteps(control, id),
    stop: () => Promise.resolve(),
  }
}

function callerSteps(control: ExchangeControl, call: Promise<string>): Step<CallerSteps> {
  let heard = 0
  const watch = async (given?: Watch) => control.watchCall(await call, given)
  return inSteps<CallerSteps>(
    {
      hears: async (words) => {
        heard = await untilHeard(watch, words, heard)
      },
      presses: async (keys) => control.press(await call, keys),
      says: async (words) => control.say(await call, words),
      isAnsweredBy: async (id) => {
        const connected = `connected to ${toDialable(id) ?? id}`
        await until(watch, connected, ({ transcript }) =>
          transcript.find(({ kind, text }) => kind === 'noted' && text === connected),
        )
      },
      hangsUp: async () => control.hangUp(await call),
      isCutOff: async (silently) => control.drop(await call, silently),
      waitsLongEnough: async () => {
        await control.skip(await call)
      },
      isOver: async (status) => {
        await until(watch, `over (${status ?? 'anyhow'})`, (view) =>
          view.endedAt !== undefined && (status === undefined || view.status === status) ? view : undefined,
        )
      },
    },
    { view: () => watch() },
    call.then(() => undefined),
  )
}

function phoneSteps(control: ExchangeControl, id: string): PhoneSteps {
  let leg = ''
  let heard = 0
  const watch = (given?: Watch) => control.watchPhone(id, given)
  const ringing = () => until(watch, `${id} rings`, (view) => view.ringing[0])
  const talking = async () => {
    const view = await until(watch, `${id} talks`, (phone) => phone.talking)
    if (view.sid !== leg) heard = 0
    leg = view.sid
    return leg
  }
  return inSteps<PhoneSteps>(
    {
      rings: async () => {
        await ringing()
      },
      stopsRinging: async () => {
        await until(watch, `${id} is quiet`, (view) => (view.ringing.length === 0 ? view : undefined))
      },
      answers: async () => {
        await ringing()
        leg = await control.answerPhone(id)
        heard = 0
        await until(watch, `${id} talks, or has been told everything`, ({ talking: now, calls }) =>
          now?.sid === leg ? leg : calls.find(({ sid, endedAt }) => sid === leg && endedAt !== undefined),
        )
      },
      declines: async () => {
        await ringing()
        await control.declinePhone(id)
      },
      hears: async (words) => {
        if (leg === '') await talking()
        heard = await untilHeard((given) => control.watchCall(leg, given), words, heard)
      },
      says: async (words) => {
        await talking()
        await control.sayOnPhone(id, words)
      },
      presses: async (keys) => {
        await talking()
        await control.pressOnPhone(id, keys)
      },
      hangsUp: async () => {
        await talking()
        await control.hangUpPhone(id)
      },
      wasTexted: async (words) => {
        await until(watch, `${id} was texted "${words}"`, ({ texts }) =>
          texts.find(({ direction, body }) => direction !== 'inbound' && body.includes(words)),
        )
      },
      is: (manner) => control.setPhone(id, manner),
    },
    { view: () => watch() },
    Promise.resolve(),
  )
}

/** The number of the line in which the words were heard; only lines after `before` count. */
async function untilHeard(watch: (given?: Watch) => Promise<CallView>, words: string, before: number): Promise<number> {
  const line = await until(watch, `heard "${words}"`, ({ transcript }) =>
    transcript.find(({ no, kind, text }) => no > before && kind === 'heard' && text.includes(words)),
  )
  return line.no
}

/** Watches until what is looked for is there; fails with what was there instead. */
async function until<View extends { version: number }, Found>(
  watch: (given?: Watch) => Promise<View>,
  what: string,
  find: (view: View) => Found | undefined,
): Promise<Found> {
  const deadline = Date.now() + WAIT_MS
  for (let after = -1; ;) {
    const view = await watch({ after, waitMs: Math.max(0, deadline - Date.now()) })
    const found = find(view)
    if (found !== undefined) return found
    if (Date.now() >= deadline) throw new Error(`Not in ${WAIT_MS} ms: ${what}. There was: ${JSON.stringify(view)}`)
    after = view.version
  }
}

type Actions<T> = {
  [K in keyof T as T[K] extends (...given: never[]) => Step<T> ? K : never]: T[K] extends (...given: infer G) => Step<T>
    ? (...given: G) => Promise<void>
    : never
}

/** Puts actions in a row: each begins when the one before is done, and the last can be awaited. */
function inSteps<T extends object>(actions: Actions<T>, questions: object, done: Promise<void>): T & PromiseLike<void> {
  const entries = Object.entries<(...given: unknown[]) => Promise<void>>(actions)
  const steps = entries.map(([name, action]) => [
    name,
    (...given: unknown[]) =>
      inSteps<T>(
        actions,
        questions,
        done.then(() => action(...given)),
      ),
  ])
  const then: PromiseLike<void>['then'] = (fulfilled, rejected) => done.then(fulfilled, rejected)
  return Object.assign(Object.fromEntries(steps), questions, { then }) as T & PromiseLike<void>
}
