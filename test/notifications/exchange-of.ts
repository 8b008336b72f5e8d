import { createLog } from '../../src/platform/log.ts'
import type { Telephony } from '../../src/platform/telephony/index.ts'
import { createTelephony } from '../../src/platform/telephony/index.ts'
import type { Phones } from '../support/phones.ts'
import { startPhones } from '../support/phones.ts'
import type { World } from '../support/world.ts'

const ACCOUNT = { accountSid: `AC${'1'.repeat(32)}`, authToken: '1'.repeat(32) }

/** An exchange on the clock of a story, and the way to it. Its line answers nobody: only what goes out is of interest. */
export async function exchangeOf(
  { clock }: Pick<World, 'clock'>,
  number: string,
): Promise<{ readonly phones: Phones; readonly telephony: Telephony }> {
  const phones = await startPhones({
    ...ACCOUNT,
    numbers: [{ number, voiceUrl: 'http://127.0.0.1:9/voice' }],
    log: createLog('silent'),
    clock,
  })
  return { phones, telephony: createTelephony({ ...ACCOUNT, exchangeUrl: phones.url }) }
}
