import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { freePort } from '../../scripts/run/free-port.ts'
import { withDatabase } from '../../scripts/run/services-environment.ts'
import { createExchangeControl } from '../../src/platform/telephony/index.ts'
import { eventually } from '../support/database.ts'
import { commandArgs } from '../support/command.ts'

/** The demo seeds two counties before it is ready; on a busy machine that takes a while. */
const READY_MS = 120_000

describe('Scripts - start', () => {
  let dataDir: string
  let address: string
  let started: ChildProcess
  let said = ''

  before(async function () {
    this.timeout(READY_MS + 10_000)
    dataDir = await mkdtemp(join(tmpdir(), 'jiujinan-start-'))
    const port = String(await freePort())
    address = `http://127.0.0.1:${port}`
    const database = withDatabase(process.env['MONGODB_URI'] ?? '', `jjn_start_${process.pid}`)
    const env = { ...process.env, PORT: port, DATA_DIR: dataDir, MONGODB_URI: database, LOG_LEVEL: 'warn' }
    for (const name of ['TWILIO_NUMBER', 'APP_SECRET', 'FIELD_KEYS', 'NODE_ENV']) Reflect.deleteProperty(env, name)
    started = spawn(process.execPath, commandArgs('start'), { env })
    started.stdout?.on('data', (text: Buffer) => (said += text.toString()))
    started.stderr?.on('data', (text: Buffer) => (said += text.toString()))
    await eventually(
      'the demo to be ready',
      () => {
        if (started.exitCode !== null) throw new Error(`it ended: ${said}`)
        return Promise.resolve(said.includes('is ready'))
      },
      READY_MS,
    )
  })

  after(async () => {
    started.kill('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  })

  it('says where to go, as whom and with which password', () => {
    expect(said).to.include(address).and.include('/simulator').and.include('D-常乐')
    expect(said).to.match(/jjn-[0-9a-f]{8}-demo/)
  })

  it('shows the sign-in page in both languages, marked as a demo', async () => {
    for (const [lng, word] of [
      ['zh-CN', '登录'],
      ['en', 'Sign in'],
    ] as const) {
      const response = await fetch(`${address}/sign-in?lng=${lng}`)
      expect(response.status).to.equal(200)
      expect(await response.text()).to.include(word)
    }
  })

  it('says whether database, Redis and queues answer, and how full the queues are', async () => {
    expect(await (await fetch(`${address}/readyz`)).json()).to.deep.equal({ database: true, redis: true, queues: true })
    const metrics = await (await fetch(`${address}/metrics`)).text()
    expect(metrics).to.match(/^jiujinan_queue_jobs\{queue="notifications",state="waiting"\} \d+$/m)
  })

  it('answers a call that comes in through the exchange', async () => {
    const { url } = JSON.parse(await readFile(join(dataDir, 'exchange.json'), 'utf8')) as { url: string }
    const control = createExchangeControl(url)
    const sid = await control.call({ from: '12800001111', to: '12320614000' })
    await eventually('the greeting', async () => {
      const { transcript } = await control.watchCall(sid)
      return transcript.some(({ text }) => text.includes('社会救助服务热线'))
    })
    await control.hangUp(sid)
  })

  it('refuses a second start on its port in one line that says what to do', async () => {
    const env = { ...process.env, PORT: new URL(address).port, DATA_DIR: dataDir }
    const second = spawn(process.execPath, commandArgs('start'), { env })
    let complaint = ''
    second.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    const code = await new Promise((resolve) => second.on('exit', resolve))
    expect(code).to.equal(1)
    expect(complaint).to.include('PORT')
    expect(complaint).to.not.include(' at ')
  })

  it('stops everything when it is asked to', async () => {
    const ended = new Promise((resolve) => started.once('exit', resolve))
    started.kill('SIGTERM')
    expect(await ended).to.equal(0)
    const isGone = await fetch(`${address}/healthz`).then(
      () => false,
      () => true,
    )
    expect(isGone).to.equal(true)
  })
})
