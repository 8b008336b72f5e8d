import { toDialable } from '../platform/telephony/index.ts'
import type { NoticeRecord } from './notice.ts'
import type { Message, SendOnceServices } from './send-once.ts'
import { sendOnce } from './send-once.ts'

/** Texts that failed before they left are no texts. */
const NEVER_LEFT: readonly string[] = ['failed', 'canceled']

/**
 * Texts a notice. The words are no mark of it: two notices may say the same to the same number, and each is sent.
 *
 * @throws TelephonyError when the exchange cannot be reached; the queue tries again
 */
export async function sendText(services: SendOnceServices, notice: NoticeRecord, message: Message): Promise<void> {
  const { telephony } = services
  const { to, text } = message
  await sendOnce(services, notice, {
    send: async () => (await telephony.sendText({ ...message, key: notice.id })).sid,
    alike: async (since) => {
      const texts = await telephony.listTexts({ since, to })
      const left = texts.filter(
        (sent) => sent.direction === 'outbound' && sent.text === text && !NEVER_LEFT.includes(sent.status),
      )
      return left.filter((sent) => sent.to === toDialable(to)).map(({ sid }) => sid)
    },
  })
}
