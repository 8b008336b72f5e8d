import type { HotlineStore } from '../directory/index.ts'
import { systemActor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import type { FollowCallServices } from './follow-call.ts'
import { insertCallback } from './follow-call.ts'

export interface TakeTextServices extends FollowCallServices {
  readonly hotlines: HotlineStore
  readonly clock: Clock
}

/** A text message to a hotline: the sender is called back, with a clock, like a caller nobody answered. */
export async function takeText(
  services: TakeTextServices,
  text: { readonly textSid: string; readonly from: string; readonly to: string; readonly text: string },
): Promise<void> {
  const line = await services.hotlines.byNumber(text.to, services.clock.now())
  if (!line) return
  const key = `text/${text.textSid}`
  await services.inTransaction({ actor: systemActor(line.county), key, bodyHash: key }, async (tx) => {
    await insertCallback(services, tx, { line: line.unit, phone: text.from, reason: 'text', text: text.text })
    return {}
  })
}
