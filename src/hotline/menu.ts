import { dial, hangUp, say, toClient, twiml } from '../platform/telephony/index.ts'

/** Addresses the exchange asks next. */
interface MenuUrls {
  readonly dialled: string
  readonly legStatus: string
}

/** How a sentence is found in the catalogues of spoken words. */
type Spoken = (key: string) => string

/** Client identity of an operator's line. Accounts may hold Chinese signs, so they are written in URL form. */
export function lineOf(account: string): string {
  return encodeURIComponent(account)
}

/** Account behind a client identity, `client:O1`. */
export function accountOfLine(party: string): string {
  return decodeURIComponent(party.replace(/^client:/, ''))
}

/**
 * Greets without a menu, as the standard advises, and rings every operator on duty at once. Source: GB/T 33358-2016 (N29).
 *
 * @param ringSeconds - longest ringing
 */
export function greetAndRing(spoken: Spoken, accounts: readonly string[], ringSeconds: number, urls: MenuUrls): string {
  if (accounts.length === 0) return promiseCallback(spoken)
  const targets = accounts.slice(0, 10).map((account) => toClient(lineOf(account), { statusCallback: urls.legStatus }))
  return twiml(
    say('zh', spoken('hotline:spoken.greeting')),
    dial({ action: urls.dialled, timeoutSeconds: ringSeconds, answerOnBridge: true }, ...targets),
  )
}

/** Nobody could answer: says so, and that we call back. The promise is kept by the callback that the end of the call makes. */
export function promiseCallback(spoken: Spoken): string {
  return twiml(say('zh', spoken('hotline:spoken.callback')), hangUp())
}

/** After a conversation. */
export function goodbye(spoken: Spoken): string {
  return twiml(say('zh', spoken('hotline:spoken.goodbye')), hangUp())
}
