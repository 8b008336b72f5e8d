import { resolve } from './fetch-document.ts'
import type { Scene } from './scene.ts'
import type { Address } from './verb.ts'
import type { Params } from './voice-params.ts'
import { voiceParams } from './voice-params.ts'

/**
 * Tells an `action` how something ended on a call that is over; there is nobody left to follow its answer.
 */
export function tellAfterEnd({ x, leg, source }: Scene, action: Address | undefined, params: Params): void {
  if (action === undefined) return
  const address = resolve(source, leg, action)
  x.webhooks.send({ kind: 'voice', address, params: { ...voiceParams(x, leg), ...params } }).catch((error: unknown) => {
    x.log.warn({ callSid: leg.facts.sid, error: String(error) }, 'Action could not be told')
  })
}
