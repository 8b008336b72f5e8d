import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { signatureOf } from '../../../src/platform/telephony/signature.ts'
import { webhookGate } from '../../../src/platform/telephony/webhook-gate-routes.ts'

const TOKEN = 'token-of-the-tests'
const PUBLIC_URL = 'https://jiujinan.example'
const FORM = {
  CallSid: `CA${'0'.repeat(32)}`,
  From: '+8612300000001',
  SpeechResult: '我在常乐镇，䶮𠮷😀，房子着火了 & "急"',
}

function createGate(origins: string[] = [PUBLIC_URL]) {
  const lines: { fields: object; message: string }[] = []
  const reached: unknown[] = []
  const app = express()
  const log = { warn: (fields: object, message: string) => lines.push({ fields, message }) }
  app.use('/telephony', ...webhookGate({ authToken: TOKEN, origins, log }), (req, res) => {
    reached.push(req.body)
    res.send('in')
  })
  app.use(answerWithStatus)
  return { app, lines, reached }
}

const answerWithStatus: express.ErrorRequestHandler = (error: { status: number }, _request, response, next) => {
  if (response.headersSent) next(error)
  else response.status(error.status).end()
}

function sign(address: string, form: Record<string, string> = FORM, token = TOKEN): string {
  return signatureOf(token, address, form)
}

describe('Telephony - webhook gate', () => {
  describe('when a webhook carries the signature of our account', () => {
    it('lets it in with its Chinese fields as they were sent', async () => {
      const { app, reached } = createGate()
      await request(app)
        .post('/telephony/voice?line=320614')
        .type('form')
        .set('X-Twilio-Signature', sign(`${PUBLIC_URL}/telephony/voice?line=320614`))
        .send(FORM)
        .expect(200)
      expect(reached).to.deep.equal([FORM])
    })

    it('accepts any of the addresses under which the exchange knows us', async () => {
      const { app } = createGate([PUBLIC_URL, 'http://127.0.0.1:3000/'])
      await request(app)
        .post('/telephony/voice')
        .type('form')
        .set('X-Twilio-Signature', sign('http://127.0.0.1:3000/telephony/voice'))
        .send(FORM)
        .expect(200)
    })

    it('checks a GET by its query alone', async () => {
      const { app } = createGate()
      const path = '/telephony/voice?Digits=1&SpeechResult=%E6%95%91%E5%91%BD'
      await request(app)
        .get(path)
        .set('X-Twilio-Signature', sign(PUBLIC_URL + path, {}))
        .expect(200)
    })

    it('takes the address from the request when none is configured', async () => {
      const { app } = createGate([])
      await request(app)
        .post('/telephony/voice')
        .set('Host', 'box.example:3000')
        .type('form')
        .set('X-Twilio-Signature', sign('http://box.example:3000/telephony/voice'))
        .send(FORM)
        .expect(200)
    })
  })

  const good = sign(`${PUBLIC_URL}/telephony/voice`)
  const forgeries: [what: string, signature: string | undefined, form: Record<string, string>][] = [
    ['no signature', undefined, FORM],
    ['an empty signature', '', FORM],
    ['a signature made with another token', sign(`${PUBLIC_URL}/telephony/voice`, FORM, 'other'), FORM],
    ['the signature of another address', sign(`${PUBLIC_URL}/telephony/text`), FORM],
    ['one Chinese character changed', good, { ...FORM, SpeechResult: FORM.SpeechResult.replace('常', '长') }],
    ['a field added', good, { ...FORM, Digits: '1' }],
    ['a field left out', good, { CallSid: FORM.CallSid, From: FORM.From }],
    ['a signature of another length', 'abc', FORM],
  ]
  for (const [what, signature, form] of forgeries) {
    it(`refuses ${what} with 403 and one log line, and nothing gets behind`, async () => {
      const { app, lines, reached } = createGate()
      const post = request(app).post('/telephony/voice').type('form')
      if (signature !== undefined) void post.set('X-Twilio-Signature', signature)
      await post.send(form).expect(403)
      expect(reached).to.deep.equal([])
      expect(lines).to.have.length(1)
      expect(JSON.stringify(lines)).not.to.contain('+8612300000001')
    })
  }

  it('refuses 10 MB of form fields with 413 before checking anything', async () => {
    const { app, lines } = createGate()
    const body = `SpeechResult=${'x'.repeat(10_000_000)}`
    await request(app).post('/telephony/voice').type('form').set('X-Twilio-Signature', 'x').send(body).expect(413)
    expect(lines).to.have.length(0)
  })

  it('refuses thousands of small fields with 413', async () => {
    const { app } = createGate()
    const body = Array.from({ length: 5_000 }, (_, index) => `f${String(index)}=1`).join('&')
    await request(app).post('/telephony/voice').type('form').set('X-Twilio-Signature', 'x').send(body).expect(413)
  })
})
