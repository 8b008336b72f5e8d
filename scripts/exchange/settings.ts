import { z } from 'zod'
import type { ExchangeOptions } from '../../src/platform/telephony/exchange/exchange.ts'
import { ownNumberSchema } from '../../src/platform/telephony/exchange/own-number.ts'

/** The demo's hotline numbers: counties 320614 and 371312. Fictional. */
const DEMO_NUMBERS = '12320614000,12371312000'

const environment = z.object({
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, 'AC and 32 hex digits'),
  TWILIO_AUTH_TOKEN: z.string().min(16, 'at least 16 characters'),
  TWILIO_NUMBER: z.string().optional(),
  EXCHANGE_NUMBERS: z.string().default(DEMO_NUMBERS),
  EXCHANGE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Pace of speech. Milliseconds per character. */
  EXCHANGE_SPEECH_MS: z.coerce.number().int().min(0).max(1_000).default(40),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TLS_CERT_FILE: z.string().optional(),
  DATA_DIR: z.string().default('./var'),
  LOG_LEVEL: z.string().default('info'),
  CLOCK: z.enum(['system', 'test']).default('system'),
  REDIS_URL: z.string().optional(),
  MONGODB_URI: z.string().optional(),
})

/** What the exchange's process is told by its environment. */
export interface ExchangeSettings {
  readonly options: Omit<ExchangeOptions, 'log' | 'clock'>
  readonly logLevel: string
  /** Only with CLOCK=test: where the shared clock is kept, and what the installation's keys begin with. */
  readonly clock: { readonly redisUrl: string; readonly keyPrefix: string } | undefined
}

/**
 * Reads the environment of the exchange.
 *
 * @throws Error with one line naming the first problem
 */
export function readSettings(given: Readonly<Record<string, string | undefined>>): ExchangeSettings {
  const filled = Object.entries(given).filter(([, value]) => value !== undefined && value !== '')
  const parsed = environment.safeParse(Object.fromEntries(filled))
  if (!parsed.success) throw new Error(problemOf(parsed.error))
  const env = parsed.data
  const local = `${env.TLS_CERT_FILE === undefined ? 'http' : 'https'}://127.0.0.1:${env.PORT}`
  const publicUrl = (env.PUBLIC_URL ?? local).replace(/\/$/, '')
  const spellings = [...env.EXCHANGE_NUMBERS.split(','), env.TWILIO_NUMBER ?? '']
  const numbers = spellings.map((spelling) => spelling.trim()).filter((spelling) => spelling !== '')
  return {
    options: {
      accountSid: env.TWILIO_ACCOUNT_SID,
      authToken: env.TWILIO_AUTH_TOKEN,
      numbers: numbers.map((number) => numberAt(number, publicUrl)),
      port: env.EXCHANGE_PORT,
      dataDir: env.DATA_DIR,
      speechMsPerCharacter: env.EXCHANGE_SPEECH_MS,
      shortcut: { from: publicUrl, to: local },
    },
    logLevel: env.LOG_LEVEL,
    clock: clockOf(env),
  }
}

/** The database's name separates installations on one Redis. */
function clockOf({ CLOCK, REDIS_URL, MONGODB_URI }: z.output<typeof environment>): ExchangeSettings['clock'] {
  if (CLOCK !== 'test' || REDIS_URL === undefined || MONGODB_URI === undefined) return undefined
  return { redisUrl: REDIS_URL, keyPrefix: `${new URL(MONGODB_URI).pathname.slice(1)}:` }
}

function numberAt(number: string, publicUrl: string) {
  const own = ownNumberSchema.safeParse({
    number,
    voiceUrl: `${publicUrl}/telephony/voice`,
    statusCallback: `${publicUrl}/telephony/status`,
    smsUrl: `${publicUrl}/telephony/text`,
  })
  if (!own.success) throw new Error(`EXCHANGE_NUMBERS: ${number} 不是电话号码 · is no telephone number`)
  return own.data
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? ''}: 缺失或无效 · missing or wrong (${issue?.message ?? ''})`
}
