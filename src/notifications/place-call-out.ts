import { say, toDialable, twiml } from '../platform/telephony/index.ts'
import type { NoticeRecord } from './notice.ts'
import type { Message, SendOnceServices } from './send-once.ts'
import { sendOnce } from './send-once.ts'

/** Calls that fail before anything rings are no calls. */
const NEVER_RANG: readonly string[] = ['failed', 'canceled']

/**
 * Rings somebody and reads a notice out, twice. One notice rings one time.
 *
 * @throws TelephonyError when the exchange cannot be reached; the queue tries again
 */
export async function placeCallOut(
  services: SendOnceServices,
  notice: NoticeRecord,
  { to, text, ...shown }: Message,
): Promise<void> {
  const { telephony } = services
  const instructions = { twiml: twiml(say('zh', text), say('zh', text)) }
  await sendOnce(services, notice, {
    send: async () => (await telephony.placeCall({ to, instructions, ...shown })).sid,
    alike: async (since) => {
      const placed = await telephony.listCalls({ since, to })
      const rang = placed.filter(
        (call) => call.direction === 'outbound-api' && call.to === toDialable(to) && !NEVER_RANG.includes(call.status),
      )
      return rang.map(({ sid }) => sid)
    },
  })
}
