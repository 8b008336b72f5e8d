import { expect } from 'chai'
import { mkdtemp, readFile, rm, stat, writeFile, appendFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTelephony, TelephonyError } from '../../../src/platform/telephony/index.ts'
import type { Telephony } from '../../../src/platform/telephony/index.ts'
import { ACCOUNT, eventually, HOTLINE, response, startWorld, TOKEN } from './product.ts'
import type { World } from './product.ts'

const DUTY = '12320614103'
const NOBODY = `CA${'0'.repeat(32)}`

async function refusal(promise: Promise<unknown>): Promise<TelephonyError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof TelephonyError) return error
  throw new Error(`Not refused: ${String(error)}`)
}

describe('Telephony - exchange - REST through Twilio’s own client', () => {
  let world: World
  let telephony: Telephony
  beforeEach(async () => {
    world = await startWorld({ secondMs: 20 })
    telephony = createTelephony({
      accountSid: ACCOUNT,
      authToken: TOKEN,
      number: HOTLINE,
      exchangeUrl: world.phones.url,
    })
  })
  afterEach(() => world.stop())

  const call = (twiml = response('<Say>有新的求助</Say>', '<Pause length="600"/>')) =>
    telephony.placeCall({ to: DUTY, instructions: { twiml }, statusCallback: `${world.product.url}/leg` })

  describe('placing a call', () => {
    it('rings a phone, follows the instructions after the answer, and reports every step', async () => {
      world.product.answers(
        '/duty',
        response('<Gather numDigits="1" action="/ack" timeout="600"><Say>按1接单</Say></Gather>'),
      )
      world.product.answers('/ack', response('<Say>谢谢</Say>'))
      const placed = await telephony.placeCall({
        to: '123 2061 4103',
        instructions: { url: `${world.product.url}/duty` },
        statusCallback: `${world.product.url}/leg`,
      })
      expect(placed).to.include({
        direction: 'outbound-api',
        from: '+8612320614000',
        to: '+8612320614103',
        status: 'queued',
      })
      await world.phones.phone(DUTY).answers().hears('按1接单').presses('1').hears('谢谢')
      await eventually(() => world.product.askedAt('/leg').length === 4, 'four reports')
      const reports = world.product.askedAt('/leg').map(({ form }) => form['CallStatus'])
      expect(reports).to.deep.equal(['initiated', 'ringing', 'in-progress', 'completed'])
      expect(world.product.askedAt('/ack')[0]?.form).to.include({
        Direction: 'outbound-api',
        Digits: '1',
        CallSid: placed.sid,
      })
      expect(await telephony.findCall(placed.sid)).to.include({ status: 'completed', durationSeconds: 1 })
    })

    for (const [mode, status] of [
      ['busy', 'busy'],
      ['unreachable', 'failed'],
      ['ring', 'no-answer'],
    ] as const) {
      it(`ends as "${status}" when the phone is set to "${mode}"`, async () => {
        await world.phones.phone(DUTY).is({ mode })
        const { sid } = await telephony.placeCall({ to: DUTY, instructions: { twiml: response() }, ringSeconds: 2 })
        let found = await telephony.findCall(sid)
        while (found?.endedAt === undefined) found = await telephony.findCall(sid)
        expect(found.status).to.equal(status)
      })
    }

    it('reaches a hotline of ours, whose answer is heard', async () => {
      world.product.answers('/voice', response('<Say>您好，海门救助热线</Say>', '<Pause length="600"/>'))
      const instructions = { twiml: response('<Gather input="speech" action="/heard" timeout="600"/>') }
      await telephony.placeCall({ to: HOTLINE, instructions })
      await eventually(() => world.product.askedAt('/heard').length === 1, 'heard')
      expect(world.product.askedAt('/heard')[0]?.form['SpeechResult']).to.equal('您好，海门救助热线')
    })

    it('is refused for what is no number, for a number that is not ours, and for a bad document', async () => {
      const instructions = { twiml: response() }
      expect(await refusal(telephony.placeCall({ to: '家', instructions }))).to.include({
        kind: 'refused',
        code: 21211,
      })
      expect(await refusal(telephony.placeCall({ to: DUTY, from: '12399999999', instructions }))).to.include({
        code: 21210,
      })
      expect(await refusal(telephony.placeCall({ to: DUTY, instructions: { twiml: '<x' } }))).to.include({
        code: 12100,
      })
      expect(await refusal(telephony.placeCall({ to: DUTY, instructions: { url: 'nowhere' } }))).to.include({
        code: 21205,
      })
    })
  })

  describe('changing a call', () => {
    it('gives a talking caller other instructions; the other party is free again', async () => {
      world.product.answers('/voice', response('<Dial timeout="600"><Client>O1</Client></Dial>'))
      const caller = world.phones.caller('12300000001').dials(HOTLINE)
      await world.phones.phone('client:O1').answers()
      await caller.isAnsweredBy('client:O1')
      await telephony.redirectCall((await caller.view()).sid, {
        twiml: response('<Say>请等一下</Say>', '<Pause length="600"/>'),
      })
      await caller.hears('请等一下')
      expect((await world.phones.phone('client:O1').view()).talking).to.equal(undefined)
      await caller.hangsUp().isOver()
    })

    it('gives the called party other instructions; the caller goes on', async () => {
      world.product.answers(
        '/voice',
        response('<Dial timeout="600"><Client>O1</Client></Dial>', '<Say>坐席转走了</Say>', '<Pause length="600"/>'),
      )
      const caller = world.phones.caller('12300000001').dials(HOTLINE)
      const operator = world.phones.phone('client:O1')
      await operator.answers()
      const leg = (await operator.view()).talking
      await telephony.redirectCall(leg?.sid ?? '', {
        twiml: response('<Say>请填写记录</Say>', '<Pause length="600"/>'),
      })
      await operator.hears('请填写记录')
      await caller.hears('坐席转走了').hangsUp()
      await operator.hangsUp()
    })

    it('reaches a caller whose instructions the product is still thinking about', async () => {
      world.product.answers('/voice', () => undefined)
      const caller = world.phones.caller('12300000001').dials(HOTLINE)
      await eventually(() => world.product.askedAt('/voice').length === 1, 'asked')
      const { sid } = await caller.view()
      await telephony.redirectCall(sid, { twiml: response('<Say>我们会回电</Say>') })
      await caller.hears('我们会回电').isOver('completed')
    })

    it('takes a caller out of a queue', async () => {
      world.product.answers('/voice', response('<Enqueue waitUrl="/wait" action="/left">q</Enqueue>'))
      world.product.answers('/wait', response('<Say>等待</Say>', '<Pause length="600"/>'))
      const caller = world.phones.caller('12300000001').dials(HOTLINE)
      await caller.hears('等待')
      await telephony.redirectCall((await caller.view()).sid, { twiml: response('<Say>轮到您了</Say>') })
      await caller.hears('轮到您了').isOver('completed')
      await eventually(() => world.product.askedAt('/left').length === 1, 'told')
      expect(world.product.askedAt('/left')[0]?.form['QueueResult']).to.equal('redirected')
    })

    it('hangs up, before and after the answer, and leaves an ended call as it is', async () => {
      const ringing = await call()
      await world.phones.phone(DUTY).rings()
      expect(await telephony.hangUp(ringing.sid)).to.include({ status: 'canceled' })
      const answered = await call()
      await world.phones.phone(DUTY).answers().hears('有新的求助')
      expect(await telephony.hangUp(answered.sid)).to.include({ status: 'completed' })
      expect(await telephony.hangUp(answered.sid)).to.include({ status: 'completed' })
    })

    it('is refused for a call that is over or unknown', async () => {
      const { sid } = await call()
      await telephony.hangUp(sid)
      expect(await refusal(telephony.redirectCall(sid, { twiml: response() }))).to.include({
        kind: 'refused',
        code: 21220,
      })
      expect(await refusal(telephony.hangUp(NOBODY))).to.include({ kind: 'refused', code: 20404 })
      expect(await telephony.findCall(NOBODY)).to.equal(undefined)
    })
  })

  describe('the call log', () => {
    it('lists calls since a moment, over several pages, newest first', async () => {
      const since = new Date()
      world.product.answers('/voice', response('<Hangup/>'))
      await Promise.all(Array.from({ length: 120 }, () => world.phones.caller('12300000001').dials(HOTLINE).isOver()))
      const calls = await telephony.listCalls({ since })
      expect(calls).to.have.length(120)
      expect(new Set(calls.map(({ sid }) => sid)).size).to.equal(120)
      const times = calls.map(({ startedAt }) => startedAt?.getTime() ?? 0)
      expect(times).to.deep.equal([...times].sort((one, other) => other - one))
      expect(await telephony.listCalls({ since, limit: 7 })).to.have.length(7)
      expect(await telephony.listCalls({ since: new Date(Date.now() + 60_000) })).to.have.length(0)
      expect(await telephony.listCalls({ since, status: 'in-progress' })).to.have.length(0)
    })
  })

  describe('text messages', () => {
    it('reach a phone and report delivery with the key of the notice', async () => {
      const text = '【救助热线】常乐镇有新的急难求助，请在30分钟内接单。䶮𠮷😀'
      const sent = await telephony.sendText({ to: DUTY, text, key: 'n-1', statusCallback: `${world.product.url}/sms` })
      expect(sent).to.include({ direction: 'outbound', status: 'queued', text })
      await world.phones.phone(DUTY).wasTexted('䶮𠮷😀')
      await eventually(() => world.product.askedAt('/sms').length === 2, 'reports')
      expect(
        world.product.askedAt('/sms').map(({ form, query }) => [form['MessageStatus'], query['key']]),
      ).to.deep.equal([
        ['sent', 'n-1'],
        ['delivered', 'n-1'],
      ])
      expect(world.product.askedAt('/sms').every((asked) => asked.isSigned)).to.equal(true)
    })

    it('are undelivered when the phone is switched off', async () => {
      await world.phones.phone(DUTY).is({ mode: 'unreachable' })
      await telephony.sendText({ to: DUTY, text: '您好', key: 'n-2', statusCallback: `${world.product.url}/sms` })
      await eventually(() => world.product.askedAt('/sms').length === 2, 'reports')
      expect(world.product.askedAt('/sms')[1]?.form).to.include({ MessageStatus: 'undelivered', ErrorCode: '30003' })
    })

    it('are refused when they are empty, too long, or for nobody', async () => {
      const send = (to: string, text: string) => refusal(telephony.sendText({ to, text, key: 'n' }))
      expect(await send(DUTY, ' ')).to.include({ kind: 'refused', code: 21602 })
      expect(await send(DUTY, '长'.repeat(1_601))).to.include({ kind: 'refused', code: 21617 })
      expect(await send('anonymous', '您好')).to.include({ kind: 'refused', code: 21211 })
      expect(await send('client:O1', '您好')).to.include({ kind: 'refused', code: 21211 })
    })

    it('come in to the hotline, and what it answers is texted back', async () => {
      world.product.answers('/text', response('<Message>已收到，我们会尽快联系您</Message>'))
      await world.phones.caller('12300000001').texts(HOTLINE, '我在海门𠮷')
      const [asked] = world.product.askedAt('/text')
      expect(asked?.isSigned).to.equal(true)
      expect(asked?.form).to.include({
        Body: '我在海门𠮷',
        From: '+8612300000001',
        To: '+8612320614000',
        NumMedia: '0',
      })
      await world.phones.phone('12300000001').wasTexted('已收到')
    })

    it('that the product does not take stay in the log for later', async () => {
      const since = new Date()
      world.product.answers('/text', () => ({ status: 500 }))
      await world.phones.caller('12300000001').texts(HOTLINE, '救命')
      const [text] = await telephony.listTexts({ since, to: HOTLINE })
      expect(text).to.include({ direction: 'inbound', text: '救命', from: '+8612300000001' })
    })
  })

  describe('when the exchange fails', () => {
    it('says that it may work later, and nothing was done', async () => {
      await world.phones.control.orderFault({ what: 'rest_down' })
      expect(await refusal(telephony.sendText({ to: DUTY, text: '您好', key: 'n' }))).to.include({
        kind: 'unavailable',
      })
      expect((await world.phones.phone(DUTY).view()).texts).to.have.length(0)
    })

    it('keeps a text whose answer was lost in its log, for whoever looks before sending again', async () => {
      const since = new Date(Math.floor(Date.now() / 1000) * 1000)
      await world.phones.control.orderFault({ what: 'rest_unknown' })
      expect(await refusal(telephony.sendText({ to: DUTY, text: '您好', key: 'n' }))).to.include({
        kind: 'unavailable',
      })
      const [text] = await telephony.listTexts({ since, to: DUTY })
      expect(text).to.include({ direction: 'outbound', text: '您好' })
      const { texts } = await world.phones.phone(DUTY).view()
      expect(texts.map(({ sid }) => sid)).to.deep.equal([text?.sid])
    })

    it('says so too when nothing listens', async () => {
      const nowhere = createTelephony({
        accountSid: ACCOUNT,
        authToken: TOKEN,
        number: HOTLINE,
        exchangeUrl: 'http://127.0.0.1:1',
      })
      expect(await refusal(nowhere.listCalls({ since: new Date() }))).to.include({ kind: 'unavailable', code: 0 })
    })
  })

  describe('recordings', () => {
    it('can be fetched as sound and deleted', async () => {
      world.product.answers('/voice', response('<Record action="/recorded" timeout="600"/>'))
      await world.phones.caller('12300000001').dials(HOTLINE).hears('beep').says('我在常乐镇').presses('#').isOver()
      const sid = world.product.askedAt('/recorded')[0]?.form['RecordingSid'] ?? ''
      const { contentType, audio } = await telephony.fetchRecording(sid)
      expect(contentType).to.match(/^audio\//)
      expect(audio.subarray(0, 4).toString()).to.equal('RIFF')
      expect(audio.readUInt32LE(4) + 8).to.equal(audio.length)
      await telephony.deleteRecording(sid)
      await telephony.deleteRecording(sid)
      expect(await refusal(telephony.fetchRecording(sid))).to.include({ kind: 'refused', code: 20404 })
    })
  })

  describe('who may ask', () => {
    const ask = (path: string, init: RequestInit = {}) => fetch(world.phones.url + path, init)
    const calls = `/2010-04-01/Accounts/${ACCOUNT}/Calls.json`
    const credentials = (token: string) => ({
      authorization: `Basic ${Buffer.from(`${ACCOUNT}:${token}`).toString('base64')}`,
    })

    it('refuses a wrong or missing token as Twilio does', async () => {
      for (const headers of [{}, credentials('wrong')]) {
        const answer = await ask(calls, { headers })
        expect(answer.status).to.equal(401)
        expect(await answer.json()).to.deep.equal({
          code: 20003,
          message: 'Authenticate',
          more_info: 'https://www.twilio.com/docs/errors/20003',
          status: 401,
        })
      }
      const other = createTelephony({
        accountSid: ACCOUNT,
        authToken: 'x',
        number: HOTLINE,
        exchangeUrl: world.phones.url,
      })
      expect(await refusal(other.listCalls({ since: new Date() }))).to.include({ kind: 'refused', code: 20003 })
    })

    it('knows no other account and no other address', async () => {
      const headers = credentials(TOKEN)
      const other = await ask(`/2010-04-01/Accounts/AC${'0'.repeat(32)}/Calls.json`, { headers })
      expect(other.status).to.equal(404)
      expect(await other.json()).to.include({ code: 20404, status: 404 })
      expect((await ask('/elsewhere')).status).to.equal(404)
    })

    it('refuses 10 MB of anything', async () => {
      const body = `To=${'1'.repeat(10_000_000)}`
      const type = { 'content-type': 'application/x-www-form-urlencoded' }
      expect((await ask(calls, { method: 'POST', headers: { ...credentials(TOKEN), ...type }, body })).status).to.equal(
        413,
      )
      const json = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: body }),
      }
      expect((await ask('/control/calls', json)).status).to.equal(413)
      expect((await ask('/healthz')).status).to.equal(200)
    })

    it('refuses pages in a browser: by origin, by form, and by a foreign name for this machine', async () => {
      const body = JSON.stringify({ from: '12300000001', to: HOTLINE })
      const json = { 'content-type': 'application/json' }
      const from = (headers: Record<string, string>) => ask('/control/calls', { method: 'POST', headers, body })
      expect((await from({ ...json, origin: 'http://evil.example' })).status).to.equal(403)
      expect((await from({ 'content-type': 'text/plain' })).status).to.equal(415)
      expect((await from(json)).status).to.equal(201)
      const { request } = await import('node:http')
      const status = await new Promise((resolve) => {
        request(`${world.phones.url}/healthz`, { headers: { host: 'evil.example' } }, (answer) =>
          resolve(answer.statusCode),
        ).end()
      })
      expect(status).to.equal(403)
    })

    it('says in one line what is wrong with an order', async () => {
      const order = (path: string, body: object) =>
        ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      const wrong: [path: string, body: object, status: number, code: string][] = [
        ['/control/calls', { from: '1', to: HOTLINE }, 400, 'bad_number'],
        ['/control/calls', { from: '12300000001', to: '12300000002' }, 404, 'no_number'],
        ['/control/calls', { from: '12300000001', to: HOTLINE, press: 'abc' }, 400, 'bad_request'],
        ['/control/calls/CAx/hang-up', {}, 404, 'no_call'],
        ['/control/phones/client:O9/answer', {}, 409, 'not_ringing'],
        ['/control/phones/client:O9/say', { text: '喂' }, 409, 'not_talking'],
        ['/control/faults', { what: 'earthquake' }, 400, 'bad_request'],
        ['/control/elsewhere', {}, 404, 'no_such_address'],
      ]
      for (const [path, body, status, code] of wrong) {
        const answer = await order(path, body)
        expect([path, answer.status, ((await answer.json()) as { code: string }).code]).to.deep.equal([
          path,
          status,
          code,
        ])
      }
    })

    it('listens on the loopback address alone', async () => {
      const { port } = new URL(world.phones.url)
      const others = Object.values(networkInterfaces())
        .flat()
        .filter((one) => one?.family === 'IPv4' && !one.internal)
      for (const other of [...others.map((one) => one?.address ?? ''), '127.0.0.2']) {
        const reached = await fetch(`http://${other}:${port}/healthz`, { signal: AbortSignal.timeout(1_000) }).then(
          () => true,
          () => false,
        )
        expect([other, reached]).to.deep.equal([other, false])
      }
    })
  })

  describe('after a restart', () => {
    let folder: string
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'exchange-'))
    })
    afterEach(() => rm(folder, { recursive: true }))

    it('still knows its calls, and those nobody finished are over', async () => {
      const since = new Date()
      const before = await startWorld({ dataDir: folder, secondMs: 20 })
      before.product.answers('/voice', response('<Say>您好</Say>', '<Pause length="600"/>'))
      const finished = before.phones.caller('12300000001').dials(HOTLINE)
      await finished.hears('您好').hangsUp().isOver()
      const unfinished = before.phones.caller('12300000002').dials(HOTLINE)
      await unfinished.hears('您好')
      const log = join(folder, 'exchange', 'calls.jsonl')
      const asKilled = await readFile(log)
      await before.stop()
      await writeFile(log, asKilled)
      await appendFile(log, '{"sid":"CAtorn')

      const after = await startWorld({ dataDir: folder })
      const port = createTelephony({
        accountSid: ACCOUNT,
        authToken: TOKEN,
        number: HOTLINE,
        exchangeUrl: after.phones.url,
      })
      const calls = await port.listCalls({ since })
      expect(calls.map(({ from, status }) => [from, status])).to.deep.equal([
        ['+8612300000002', 'failed'],
        ['+8612300000001', 'completed'],
      ])
      await after.stop()
    })

    it('tells commands where it is, and keeps its files to itself', async () => {
      const before = await startWorld({ dataDir: folder })
      const announced = JSON.parse(await readFile(join(folder, 'exchange.json'), 'utf8')) as object
      expect(announced).to.deep.equal({ url: before.phones.url, pid: process.pid, numbers: ['+8612320614000'] })
      expect((await stat(join(folder, 'exchange', 'calls.jsonl'))).mode & 0o077).to.equal(0)
      await before.stop()
      expect(await stat(join(folder, 'exchange.json')).catch(() => 'gone')).to.equal('gone')
    })

    it('speaks the county’s own fallback sentence', async () => {
      const first = await startWorld({ dataDir: folder })
      await first.stop()
      const file = join(folder, 'exchange', 'fallback.xml')
      expect(await readFile(file, 'utf8')).to.contain('回电')
      await writeFile(file, response('<Say>本县热线稍后回电</Say>'))
      const second = await startWorld({ dataDir: folder })
      second.product.answers('/voice', () => ({ status: 500 }))
      await second.phones.caller('12300000001').dials(HOTLINE).hears('本县热线稍后回电')
      await second.stop()
    })
  })
})
