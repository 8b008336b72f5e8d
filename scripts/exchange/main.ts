import { Redis } from 'ioredis'
import { createSharedClock } from '../../src/platform/clock/index.ts'
import { endWithParent } from '../../src/platform/end-with-parent.ts'
import { createLog } from '../../src/platform/log.ts'
import { startExchange } from '../../src/platform/telephony/exchange/exchange.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { readSettings } from './settings.ts'

const HELP = `The local telephone exchange: speaks Twilio's REST and webhooks on 127.0.0.1, without a network.

TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN   the account, the same as the web process has
EXCHANGE_PORT                           port; a free one by default, written to DATA_DIR/exchange.json
EXCHANGE_NUMBERS                        hotline numbers, with commas between (12320614000,12371312000)
EXCHANGE_SPEECH_MS                      pace of speech, milliseconds per character (40)
PUBLIC_URL, PORT, DATA_DIR, LOG_LEVEL   as for the web process`

/** Runs the exchange until it is told to end. It needs neither database nor Redis: it answers when ours are down. */
async function main(): Promise<void> {
  endWithParent()
  const { options, logLevel, clock } = readSettings(process.env)
  const log = createLog(logLevel)
  const exchange = await startExchange({ ...options, log, clock: await clockAt(clock) })
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      exchange.stop().then(() => process.exit(0), end)
    })
  }
  log.info({ url: exchange.url, numbers: options.numbers.map(({ number }) => number) }, 'Exchange is ready')
}

/** With CLOCK=test all processes share one clock, so that the call log's times are those of the story. */
async function clockAt(shared: ReturnType<typeof readSettings>['clock']): Promise<Clock> {
  if (shared === undefined) return systemClock
  const open = () => new Redis(shared.redisUrl, { keyPrefix: shared.keyPrefix })
  return createSharedClock({ redis: open(), subscriber: open() })
}

function end(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

if (process.argv.includes('--help')) console.log(HELP)
else await main().catch(end)
