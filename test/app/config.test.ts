import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { ConfigError, readConfig } from '../../src/app/config.ts'

const PRODUCTION = {
  NODE_ENV: 'production',
  MONGODB_URI: 'mongodb://127.0.0.1:27017/jiujinan?replicaSet=rs0',
  REDIS_URL: 'redis://127.0.0.1:6379',
  APP_SECRET: 'a'.repeat(32),
  FIELD_KEYS: Buffer.alloc(32, 1).toString('base64'),
  LEDGER_KEY_FILE: fileURLToPath(import.meta.url),
  TELEPHONY: 'twilio',
  TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: '1'.repeat(32),
  TWILIO_NUMBER: '12320614000',
}

describe('App - config', () => {
  /** What is said of an environment; nothing when it is accepted. */
  const problems = (change: Readonly<Record<string, string | undefined>>): readonly string[] => {
    try {
      readConfig({ ...PRODUCTION, ...change })
      return []
    } catch (error) {
      if (error instanceof ConfigError) return error.problems
      throw error
    }
  }

  it('accepts a county that is set up completely', () => {
    expect(problems({})).to.deep.equal([])
    expect(readConfig(PRODUCTION).publicUrl).to.equal('http://127.0.0.1:3000')
  })

  for (const name of ['APP_SECRET', 'FIELD_KEYS', 'LEDGER_KEY_FILE', 'MONGODB_URI', 'REDIS_URL', 'TWILIO_AUTH_TOKEN'])
    it(`says in one line that ${name} is missing, in both languages`, () => {
      const [line, ...more] = problems({ [name]: undefined })
      expect(more).to.deep.equal([])
      expect(line)
        .to.include(name)
        .and.match(/[\u4e00-\u9fff]/)
        .and.match(/[a-z]{4}/)
      expect(line).to.not.include('\n')
    })

  it('names everything that is missing at once', () => {
    expect(problems({ APP_SECRET: undefined, FIELD_KEYS: '' })).to.have.length(2)
  })

  const refused: readonly [string, Readonly<Record<string, string | undefined>>, string][] = [
    ['the test clock', { CLOCK: 'test' }, 'CLOCK'],
    ['the demo', { DEMO: '1' }, 'DEMO'],
    ['a local exchange without its account', { TELEPHONY: 'local', TWILIO_ACCOUNT_SID: undefined }, 'TELEPHONY=local'],
    ['a certificate without its key', { TLS_CERT_FILE: '/etc/cert.pem' }, 'TLS_KEY_FILE'],
    ['a key file that is not there', { LEDGER_KEY_FILE: '/nowhere/ledger-key.pem' }, 'LEDGER_KEY_FILE'],
    ['an address of a database that is none', { MONGODB_URI: 'mongodb:/jiujinan' }, 'MONGODB_URI'],
  ]
  for (const [what, change, word] of refused)
    it(`refuses ${what} in production`, () => {
      expect(problems(change).join()).to.include(word)
    })

  it('leaves the demo and the test clock to where nobody is helped', () => {
    expect(problems({ NODE_ENV: 'development', DEMO: '1', CLOCK: 'test', TELEPHONY: 'local' })).to.deep.equal([])
  })
})
