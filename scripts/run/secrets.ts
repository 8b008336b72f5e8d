import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeLedgerKey } from '../../src/ledger/index.ts'

/** Secrets that a demo or a test run makes for itself. Production brings its own. */
export interface OwnSecrets {
  readonly APP_SECRET: string
  readonly FIELD_KEYS: string
  readonly LEDGER_KEY_FILE: string
  readonly TWILIO_ACCOUNT_SID: string
  readonly TWILIO_AUTH_TOKEN: string
  readonly DEMO_PASSWORD: string
}

/** The secrets of a data folder, made at its first start and kept, readable by their owner alone. */
export function ownSecrets(dataDir: string): OwnSecrets {
  mkdirSync(dataDir, { recursive: true })
  const ledgerKey = join(dataDir, 'ledger-key.pem')
  makeLedgerKey(ledgerKey)
  return { ...textSecrets(join(dataDir, 'secrets.json')), LEDGER_KEY_FILE: ledgerKey }
}

function textSecrets(file: string): Omit<OwnSecrets, 'LEDGER_KEY_FILE'> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OwnSecrets
  const secrets = {
    APP_SECRET: randomBytes(32).toString('hex'),
    FIELD_KEYS: randomBytes(32).toString('base64'),
    TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
    TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
    DEMO_PASSWORD: `jjn-${randomBytes(4).toString('hex')}-demo`,
  }
  writeFileSync(file, JSON.stringify(secrets, undefined, 2), { mode: 0o600 })
  return secrets
}
