import { expect } from 'chai'
import fc from 'fast-check'
import { readTwiml } from '../../../src/platform/telephony/exchange/twiml-document.ts'
import {
  dial,
  enqueue,
  gather,
  hangUp,
  leave,
  pause,
  play,
  record,
  redirect,
  reject,
  say,
  textTwiml,
  toClient,
  toNumber,
  toQueue,
  twiml,
} from '../../../src/platform/telephony/index.ts'
import type { Verb } from '../../../src/platform/telephony/index.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

describe('Telephony - TwiML', () => {
  const documents: [what: string, verb: Verb, xml: string][] = [
    ['a Chinese sentence', say('zh', '您好'), '<Say language="cmn-CN">您好</Say>'],
    ['an English sentence', say('en', 'Hello & <welcome>'), '<Say language="en-GB">Hello &amp; &lt;welcome&gt;</Say>'],
    ['rare characters', say('zh', '䶮𠮷😀"\''), '<Say language="cmn-CN">䶮𠮷😀"\'</Say>'],
    ['music without end', play('https://x.example/a.mp3', 0), '<Play loop="0">https://x.example/a.mp3</Play>'],
    ['a silence', pause(2), '<Pause length="2"/>'],
    [
      'a menu',
      gather({ action: '/menu', digits: 1, timeoutSeconds: 5 }, say('zh', '按1求助')),
      '<Gather action="/menu" input="dtmf" timeout="5" numDigits="1"><Say language="cmn-CN">按1求助</Say></Gather>',
    ],
    [
      'a question to be spoken or keyed',
      gather({
        action: '/menu',
        input: ['dtmf', 'speech'],
        timeoutSeconds: 5,
        finishOnKey: '#',
        language: 'zh',
        evenWhenEmpty: true,
      }),
      '<Gather action="/menu" input="dtmf speech" timeout="5" finishOnKey="#" language="cmn-Hans-CN" actionOnEmptyResult="true"/>',
    ],
    [
      'a ringing of operators and a duty phone',
      dial(
        { action: '/after', timeoutSeconds: 15, callerId: '123 2061 4000', answerOnBridge: true, record: true },
        toClient('O1', { statusCallback: '/leg' }),
        toNumber('12320614103', { whisperUrl: '/whisper' }),
      ),
      '<Dial action="/after" answerOnBridge="true" callerId="+8612320614000" timeout="15" record="record-from-answer">' +
        '<Client statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">O1</Client>' +
        '<Number url="/whisper">+8612320614103</Number></Dial>',
    ],
    ['the head of a queue', dial({}, toQueue('320614')), '<Dial><Queue>320614</Queue></Dial>'],
    [
      'a place in a queue',
      enqueue({ queue: '320614', waitUrl: '/wait?a=1&b=2', action: '/left' }),
      '<Enqueue waitUrl="/wait?a=1&amp;b=2" action="/left">320614</Enqueue>',
    ],
    ['leaving it', leave(), '<Leave/>'],
    [
      'a message',
      record({ action: '/recorded', maxSeconds: 120, silenceSeconds: 5, finishOnKey: '#' }),
      '<Record action="/recorded" finishOnKey="#" playBeep="true" maxLength="120" timeout="5"/>',
    ],
    ['another document', redirect('/next?x="1"'), '<Redirect>/next?x="1"</Redirect>'],
    ['the end', hangUp(), '<Hangup/>'],
    ['a refusal', reject('busy'), '<Reject reason="busy"/>'],
  ]

  for (const [what, verb, xml] of documents) {
    it(`writes ${what} as Twilio reads it, and our exchange reads it without a warning`, () => {
      const document = twiml(verb)
      expect(document).to.equal(`${HEAD}<Response>${xml}</Response>`)
      expect(readTwiml(document)).to.have.property('warnings').that.is.empty
    })
  }

  it('writes several verbs in their order', () => {
    expect(readTwiml(twiml(say('zh', '一'), pause(1), hangUp())).verbs.map(({ verb }) => verb)).to.deep.equal([
      'Say',
      'Pause',
      'Hangup',
    ])
  })

  it('refuses to dial what is no number', () => {
    expect(() => twiml(dial({}, toNumber('家里')))).to.throw(RangeError)
  })

  it('writes the answer to a text, with or without words', () => {
    expect(textTwiml('收到 & 谢谢')).to.equal(`${HEAD}<Response><Message>收到 &amp; 谢谢</Message></Response>`)
    expect(textTwiml()).to.equal(`${HEAD}<Response/>`)
  })

  it('brings every sentence to the caller as it was, but for signs no document can carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (sentence) => {
        const [spoken] = readTwiml(twiml(say('zh', sentence))).verbs
        const carried = sentence
          .toWellFormed()
          // eslint-disable-next-line no-control-regex
          .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
        expect(spoken).to.have.property('text', carried.trim())
      }),
    )
  })

  it('brings every address to the exchange as it was', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        const [verb] = readTwiml(twiml(gather({ action: url, timeoutSeconds: 1 }))).verbs
        expect(verb).to.have.deep.property('action', { url, method: 'POST' })
      }),
    )
  })
})
