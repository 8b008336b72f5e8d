import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../../scripts/exchange/settings.ts'
import { startPhones } from '../../support/phones.ts'
import { ACCOUNT, HOTLINE, response, startProduct, startWorld, TOKEN } from './product.ts'
import type { World } from './product.ts'
import { commandArgs } from '../../support/command.ts'

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs one of our commands; `seen` is told of the output as it comes. */
function run(
  script: string,
  args: string[],
  env: Record<string, string>,
  seen?: (out: string, stop: () => void) => void,
) {
  const child = spawn(process.execPath, [...commandArgs(script), ...args], {
    env: { PATH: process.env['PATH'], ...env },
  })
  let [out, err] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    seen?.(out, () => child.kill('SIGTERM'))
  })
  return new Promise<Outcome>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

/** Longest a test that starts processes may take. Milliseconds. A busy machine needs seconds for each. */
const PROCESSES_MS = 120_000

describe('Telephony - commands', function () {
  this.timeout(PROCESSES_MS)
  let world: World
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exchange-'))
    world = await startWorld({ secondMs: 20, dataDir: folder })
  })
  afterEach(async () => {
    await world.stop()
    await rm(folder, { recursive: true })
  })

  it('simulate-call finds the exchange by its file and shows the conversation until its end', async () => {
    world.product.answers(
      '/voice',
      response('<Gather numDigits="1" action="/menu" timeout="600"><Say>按1求助</Say></Gather>'),
    )
    world.product.answers('/menu', response('<Dial timeout="600"><Client>O1</Client></Dial>', '<Say>再见</Say>'))
    await world.phones.phone('client:O1').is({ mode: 'answer', says: ['您好，请讲'] })
    const args = ['--from', '123 0000 0001', '--press', '1', '--say', '我在常乐镇', '--hang-up-after', '20']
    const call = run('simulate-call', args, { DATA_DIR: folder })
    await world.phones.phone('client:O1').hears('我在常乐镇').hangsUp()
    const { code, out } = await call
    expect(code).to.equal(0)
    const dialogue = ['按1求助', '1', 'connected to client:O1', 'client:O1: 您好，请讲', '我在常乐镇', '再见']
    const shown = out.split('\n').map((line) => line.split('  ').at(-1)?.trim())
    expect(shown).to.include.members(dialogue)
    expect(out).to.match(/CA[0-9a-f]{32} {2}completed\n$/)
  })

  it('simulate-text sends the words and tells when the hotline did not take them', async () => {
    world.product.answers('/text', response())
    const args = ['--from', '12300000001', '--say', '我在海门𠮷']
    const sent = await run('simulate-text', args, { EXCHANGE_URL: world.phones.url, DATA_DIR: folder })
    expect([sent.code, sent.err]).to.deep.equal([0, ''])
    expect(world.product.askedAt('/text')[0]?.form['Body']).to.equal('我在海门𠮷')
    world.product.answers('/text', () => ({ status: 500 }))
    const lost = await run('simulate-text', args, { EXCHANGE_URL: world.phones.url, DATA_DIR: folder })
    expect([lost.code, lost.out]).to.deep.equal([1, ''])
    expect(lost.err).to.match(/^热线没有收下短信 · [^\n]+\n$/)
  })

  it('say in one line what is missing or wrong', async () => {
    const wrong: [script: string, args: string[], line: RegExp][] = [
      ['simulate-call', [], /--from/],
      ['simulate-call', ['--from', '12300000001', '--to', '110'], /not a number of the product/],
      ['simulate-call', ['--from', '12300000001', '--hang-up-after', 'bald'], /seconds/],
      ['simulate-text', ['--from', '12300000001'], /--say/],
    ]
    const outcomes = await Promise.all(wrong.map(([script, args]) => run(script, args, { DATA_DIR: folder })))
    outcomes.forEach(({ code, out, err }, index) => {
      expect([code, out]).to.deep.equal([1, ''])
      expect(err).to.match(wrong[index]?.[2] ?? /never/)
      expect(err.trim().split('\n')).to.have.length(1)
    })
    const nowhere = await run('simulate-call', ['--from', '12300000001'], { DATA_DIR: join(folder, 'other') })
    expect(nowhere).to.include({ code: 1, out: '' })
    expect(nowhere.err).to.match(/not running[^\n]*\n$/)
  })

  it('explain themselves', async () => {
    const scripts = ['simulate-call', 'simulate-text', 'exchange/main']
    for (const { code, out } of await Promise.all(scripts.map((script) => run(script, ['--help'], {})))) {
      expect(code).to.equal(0)
      expect(out).to.match(/exchange/i)
    }
  })

  it('the exchange’s own process starts, is found, and stops cleanly', async () => {
    const dataDir = join(folder, 'own')
    const env = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: TOKEN, DATA_DIR: dataDir, EXCHANGE_NUMBERS: HOTLINE }
    let announced: object = {}
    const { code } = await run('exchange/main', [], env, (out, stop) => {
      if (!out.includes('Exchange is ready')) return
      void readFile(join(dataDir, 'exchange.json'), 'utf8').then((text) => {
        announced = JSON.parse(text) as object
        stop()
        stop()
      })
    })
    expect(code).to.equal(0)
    expect(announced).to.have.deep.property('numbers', ['+8612320614000'])
  })
})

describe('Telephony - exchange - settings', () => {
  const env = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: TOKEN }

  it('serve the demo’s two counties unless told otherwise', () => {
    const { options } = readSettings(env)
    expect(options.numbers).to.deep.equal(
      ['+8612320614000', '+8612371312000'].map((number) => ({
        number,
        voiceUrl: 'http://127.0.0.1:3000/telephony/voice',
        statusCallback: 'http://127.0.0.1:3000/telephony/status',
        smsUrl: 'http://127.0.0.1:3000/telephony/text',
      })),
    )
  })

  it('sign for the public address and deliver to where the product listens', () => {
    const { options } = readSettings({
      ...env,
      PUBLIC_URL: 'https://hotline.example/',
      PORT: '3100',
      TLS_CERT_FILE: 'x.pem',
    })
    expect(options.shortcut).to.deep.equal({ from: 'https://hotline.example', to: 'https://127.0.0.1:3100' })
    expect(options.numbers[0]?.voiceUrl).to.equal('https://hotline.example/telephony/voice')
  })

  for (const [what, wrong, line] of [
    ['no account', { TWILIO_ACCOUNT_SID: '' }, /^TWILIO_ACCOUNT_SID: /],
    ['a short token', { TWILIO_AUTH_TOKEN: 'x' }, /^TWILIO_AUTH_TOKEN: /],
    ['a port that is none', { EXCHANGE_PORT: 'x' }, /^EXCHANGE_PORT: /],
    ['a number that is none', { EXCHANGE_NUMBERS: '12320614000, 家' }, /^EXCHANGE_NUMBERS: 家/],
  ] as const) {
    it(`refuse ${what} in one line`, () => {
      expect(() => readSettings({ ...env, ...wrong })).to.throw(line)
    })
  }

  it('let webhooks be signed for an address nobody reaches from here', async () => {
    const product = await startProduct()
    const publicUrl = 'https://hotline.example'
    const phones = await startPhones({
      accountSid: ACCOUNT,
      authToken: TOKEN,
      numbers: [{ number: HOTLINE, voiceUrl: `${publicUrl}/voice?a=1` }],
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      shortcut: { from: publicUrl, to: product.url },
    })
    product.knownAs(publicUrl)
    product.answers('/voice', response('<Say>您好</Say>'))
    await phones.caller('12300000001').dials(HOTLINE).hears('您好').isOver()
    expect(product.askedAt('/voice')[0]?.isSigned).to.equal(true)
    await phones.stop()
    await product.stop()
  })
})
