import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What the environment says, checked once at the start. Names are those of `.env.example`. */
const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//),
  REDIS_URL: z.string().regex(/^rediss?:\/\//),
  DATA_DIR: z.string().default('./var'),
  APP_SECRET: z.string().min(32),
  FIELD_KEYS: z
    .string()
    .min(44)
    .transform((keys) => keys.split(',').map((key) => key.trim())),
  LEDGER_KEY_FILE: z.string().optional(),
  TELEPHONY: z.enum(['local', 'twilio']).default('local'),
  TWILIO_ACCOUNT_SID: z.string().default(''),
  TWILIO_AUTH_TOKEN: z.string().default(''),
  TWILIO_NUMBER: z.string().default(''),
  EXCHANGE_URL: z.string().optional(),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  TRUST_PROXY: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  TZ_NAME: z.string().default('Asia/Shanghai'),
  CLOCK: z.enum(['system', 'test']).default('system'),
  DEMO: z.enum(['0', '1']).default('0'),
  DEMO_PASSWORD: z.string().optional(),
})

/** Settings of one process. */
export interface Config {
  readonly mode: 'development' | 'test' | 'production'
  readonly port: number
  readonly host: string
  /** Address under which people and the exchange reach us, without a trailing slash. */
  readonly publicUrl: string
  readonly mongoUri: string
  readonly redisUrl: string
  readonly dataDir: string
  readonly appSecret: string
  /** Base64, 32 bytes each, newest first. */
  readonly fieldKeys: readonly string[]
  /** PEM with the Ed25519 private key that signs seals and checkpoints of the ledger. */
  readonly ledgerKeyFile: string
  readonly telephony: {
    readonly kind: 'local' | 'twilio'
    readonly accountSid: string
    readonly authToken: string
    readonly number: string
    readonly exchangeUrl: string | undefined
  }
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  /** Addresses of proxies whose forwarded headers are believed. */
  readonly trustProxy: readonly string[]
  readonly logLevel: string
  readonly timeZone: string
  readonly clock: 'system' | 'test'
  readonly isDemo: boolean
  /** Demo only: shown beside the simulator. */
  readonly demoPassword: string | undefined
}

/** One line per problem of the environment. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the environment.
 *
 * @throws ConfigError naming every problem at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => problemLine(issue.path.join('.'), issue.message)))
  const env = parsed.data
  const problems = forbiddenCombinations(env)
  if (problems.length > 0) throw new ConfigError(problems)
  const tls =
    env.TLS_CERT_FILE && env.TLS_KEY_FILE ? { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE } : undefined
  return {
    mode: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `${tls ? 'https' : 'http'}://127.0.0.1:${env.PORT}`).replace(/\/$/, ''),
    mongoUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    dataDir: env.DATA_DIR,
    appSecret: env.APP_SECRET,
    fieldKeys: env.FIELD_KEYS,
    ledgerKeyFile: env.LEDGER_KEY_FILE ?? join(env.DATA_DIR, 'ledger-key.pem'),
    telephony: {
      kind: env.TELEPHONY,
      accountSid: env.TWILIO_ACCOUNT_SID,
      authToken: env.TWILIO_AUTH_TOKEN,
      number: env.TWILIO_NUMBER,
      exchangeUrl: env.EXCHANGE_URL,
    },
    tls,
    trustProxy: env.TRUST_PROXY?.split(',').map((address) => address.trim()) ?? [],
    logLevel: env.LOG_LEVEL,
    timeZone: env.TZ_NAME,
    clock: env.CLOCK,
    isDemo: env.DEMO === '1',
    demoPassword: env.DEMO_PASSWORD,
  }
}

function forbiddenCombinations(env: z.output<typeof environmentSchema>): string[] {
  const isProduction = env.NODE_ENV === 'production'
  const rules: [boolean, string][] = [
    [
      isProduction && env.CLOCK === 'test',
      'CLOCK=test: 生产环境不允许测试时钟 · the test clock is refused in production',
    ],
    [isProduction && env.DEMO === '1', 'DEMO=1: 生产环境不允许演示 · the demo is refused in production'],
    [
      isProduction && !(env.LEDGER_KEY_FILE && existsSync(env.LEDGER_KEY_FILE)),
      'LEDGER_KEY_FILE: 缺少账目签名私钥文件 · no such file, make one: openssl genpkey -algorithm ed25519 -out FILE',
    ],
    [
      isProduction && env.TELEPHONY === 'local' && !(env.TWILIO_ACCOUNT_SID && env.TWILIO_AUTH_TOKEN),
      'TELEPHONY=local: 本机交换机也要账号和令牌 · the local exchange needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN too, or set TELEPHONY=twilio',
    ],
    [
      env.TELEPHONY === 'twilio' && !(env.TWILIO_ACCOUNT_SID && env.TWILIO_AUTH_TOKEN && env.TWILIO_NUMBER),
      'TELEPHONY=twilio: 缺少账号、令牌或号码 · needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_NUMBER',
    ],
    [
      Boolean(env.TLS_CERT_FILE) !== Boolean(env.TLS_KEY_FILE),
      'TLS_CERT_FILE, TLS_KEY_FILE: 两个都要给 · give both or neither',
    ],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, line]) => line)
}

function problemLine(name: string, message: string): string {
  return `${name}: 缺失或无效，请在 .env 中设置 · missing or wrong, set it in .env (${message})`
}
