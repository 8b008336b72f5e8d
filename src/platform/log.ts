import type { Logger } from 'pino'
import { pino } from 'pino'

export type { Logger } from 'pino'

/** What never reaches a log, wherever it stands in a logged object. */
const SECRET_PATHS = [
  'password',
  'token',
  'authorization',
  'cookie',
  'phone',
  'identityNumber',
  'name',
  'bankAccount',
  'address',
  'text',
]

/** Digits in a message long enough to be a phone or an identity number are hidden too, in case one slips into an error's text. */
const LONG_NUMBER = /(?<!\d)(\d{3})\d{5,}(\d{2}[\dXx])(?!\d)/g

/**
 * The process's log: JSON lines, secrets redacted. `error` means a person must act now.
 *
 * @param level - least level written
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    redact: { paths: SECRET_PATHS.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]), censor: '[redacted]' },
    hooks: {
      logMethod(args, method) {
        const hidden = args.map((arg) => (typeof arg === 'string' ? arg.replace(LONG_NUMBER, '$1…$2') : arg))
        method.apply(this, hidden as Parameters<typeof method>)
      },
    },
  })
}
