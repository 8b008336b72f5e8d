import { note } from './hearing.ts'
import { markUnfinished } from './leg-progress.ts'
import type { Course, Leg } from './leg.ts'
import type { Switchboard } from './switchboard.ts'
import type { TwimlError } from './twiml-document.ts'
import type { WebhookError } from './webhook-request.ts'

/** Where to go when instructions fail: the fallback address first, then the exchange's own sentence, then nowhere. */
export function createRescue(x: Switchboard, leg: Leg) {
  const left = [leg.fallback === undefined ? undefined : 'fallback', 'sentence'].filter((step) => step !== undefined)
  return (failed: Course, error: WebhookError | TwimlError): Course | undefined => {
    const url = 'address' in failed ? failed.address.url : ''
    x.log.warn({ callSid: leg.facts.sid, url, code: error.code, error: error.message }, 'Instructions failed')
    note(x, leg, `error ${error.code}: ${error.message}`)
    const step = left.shift()
    if (step === 'fallback' && leg.fallback !== undefined) {
      return { address: leg.fallback, tell: { ErrorCode: String(error.code), ErrorUrl: url } }
    }
    markUnfinished(x, leg, `error ${error.code}`)
    return step === undefined ? undefined : { twiml: x.fallbackTwiml }
  }
}
