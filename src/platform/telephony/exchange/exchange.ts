import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { systemClock } from '../../../shared/clock.ts'
import type { Clock } from '../../../shared/clock.ts'
import { isFinal } from '../call-status.ts'
import { openAppendLog } from './append-log.ts'
import { callFactsSchema } from './call-facts.ts'
import type { CallFacts } from './call-facts.ts'
import { createChanges } from './changes.ts'
import { exchangeApp } from './exchange-routes.ts'
import { loadFallback } from './fallback-document.ts'
import { createFaults } from './faults.ts'
import { conduct, follow } from './follow.ts'
import { endLeg, hungUpStatus } from './leg-progress.ts'
import { createOwnNumbers, ownNumberSchema } from './own-number.ts'
import type { OwnNumber } from './own-number.ts'
import { createPhones } from './phone.ts'
import { recordingSchema } from './recordings.ts'
import type { ExchangeLog, Switchboard } from './switchboard.ts'
import { textMessageSchema } from './text-message.ts'
import { createWaitingQueues } from './waiting-queues.ts'
import { createWebhookSender } from './webhook-sender.ts'
import type { Shortcut } from './webhook-sender.ts'

export interface ExchangeOptions {
  readonly accountSid: string
  readonly authToken: string
  /** The product's numbers, in any spelling, and where to ask what to do for them. */
  readonly numbers: readonly OwnNumber[]
  readonly log: ExchangeLog
  /** Port on 127.0.0.1; a free one by default. */
  readonly port?: number
  /** Where the logs are kept; in memory alone without. */
  readonly dataDir?: string
  readonly clock?: Clock
  /** On one box: where the product listens, for webhooks to its public address. */
  readonly shortcut?: Shortcut
  /** Longest wait for the product's answer. Milliseconds. */
  readonly webhookTimeoutMs?: number
  /** Length of a document's second. Milliseconds. */
  readonly secondMs?: number
  /** Pace of speech. Milliseconds per character. */
  readonly speechMsPerCharacter?: number
  /** Most legs in progress at once. */
  readonly maxLegs?: number
}

export interface RunningExchange {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Hangs up every call, waits shortly for the last reports, and stops. */
  stop(): Promise<void>
}

/** Longest wait for the product's answer. Milliseconds. Source: Twilio, "Webhooks: timeouts". */
const WEBHOOK_TIMEOUT_MS = 15_000
const MAX_LEGS = 1_000
const KEPT = 10_000
const STOP_MS = 2_000

/**
 * Starts the local exchange: a telephone network on this machine that speaks Twilio's REST and webhooks.
 *
 * It listens on 127.0.0.1 alone.
 */
export async function startExchange(options: ExchangeOptions): Promise<RunningExchange> {
  let url = ''
  const x = createSwitchboard(options, () => url)
  recordBroken(x)
  const server = createServer(exchangeApp(x, options.authToken))
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const announcement = options.dataDir === undefined ? undefined : join(options.dataDir, 'exchange.json')
  if (announcement !== undefined) announce(announcement, url, x)

  return {
    url,
    async stop() {
      for (const leg of [...x.live]) endLeg(x, leg, hungUpStatus(leg))
      await x.webhooks.idle(STOP_MS)
      if (announcement !== undefined) rmSync(announcement, { force: true })
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      x.webhooks.close()
    },
  }
}

function createSwitchboard(options: ExchangeOptions, ownUrl: () => string): Switchboard {
  const { accountSid, authToken, log, clock = systemClock } = options
  const file = (name: string) => (options.dataDir === undefined ? undefined : join(options.dataDir, 'exchange', name))
  const faults = createFaults()
  const timeoutMs = options.webhookTimeoutMs ?? WEBHOOK_TIMEOUT_MS
  const idOf = ({ sid }: { sid: string }) => sid
  const x: Switchboard = {
    accountSid,
    clock,
    log,
    ownUrl,
    faults,
    secondMs: options.secondMs ?? 1_000,
    speechMsPerCharacter: options.speechMsPerCharacter ?? 0,
    maxLegs: options.maxLegs ?? MAX_LEGS,
    fallbackTwiml: loadFallback(file('fallback.xml')),
    numbers: createOwnNumbers(options.numbers.map((own) => ownNumberSchema.parse(own))),
    phones: createPhones(),
    queues: createWaitingQueues(),
    webhooks: createWebhookSender({ authToken, timeoutMs, faults, shortcut: options.shortcut }),
    changes: createChanges(),
    callLog: openAppendLog({ file: file('calls.jsonl'), schema: callFactsSchema, idOf, limit: KEPT }),
    recordings: openAppendLog({ file: file('recordings.jsonl'), schema: recordingSchema, idOf, limit: KEPT }),
    texts: openAppendLog({ file: file('texts.jsonl'), schema: textMessageSchema, idOf, limit: KEPT }),
    legs: new Map(),
    live: new Set(),
    follow: (leg, course, signal, queued) => follow(x, leg, course, signal, queued),
    conduct: (leg, course) => conduct(x, leg, course),
  }
  return x
}

/** Calls that were in progress when an earlier exchange died are over, and nobody finished them. */
function recordBroken(x: Switchboard): void {
  const broken = [...x.callLog.all()].filter((facts: CallFacts) => !isFinal(facts.status))
  for (const facts of broken) {
    x.callLog.put({ ...facts, status: 'failed', endedAt: x.clock.now(), unfinished: 'the exchange stopped' })
  }
  if (broken.length > 0) x.log.warn({ calls: broken.length }, 'Calls were in progress when the exchange stopped')
}

/** Tells commands on this machine where the exchange is. */
function announce(file: string, url: string, x: Switchboard): void {
  mkdirSync(join(file, '..'), { recursive: true })
  const numbers = x.numbers.all().map(({ number }) => number)
  writeFileSync(file, `${JSON.stringify({ url, pid: process.pid, numbers })}\n`, { mode: 0o600 })
}
