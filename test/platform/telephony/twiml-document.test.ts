import { expect } from 'chai'
import fc from 'fast-check'
import { readTwiml, TwimlError } from '../../../src/platform/telephony/exchange/twiml-document.ts'
import { parseXml, XmlError } from '../../../src/platform/telephony/exchange/xml.ts'

describe('Telephony - exchange - documents', () => {
  const garbage: [what: string, document: string][] = [
    ['nothing', ''],
    ['words', '您好'],
    ['JSON', '{"say":"hello"}'],
    ['HTML with an open tag', '<html><body><br></body></html>'],
    ['an unclosed verb', '<Response><Say>a</Response>'],
    ['a verb closed twice', '<Response></Say></Response>'],
    ['two roots', '<Response/><Response/>'],
    ['text behind the root', '<Response/>x'],
    ['a bare ampersand', '<Response><Say>a & b</Say></Response>'],
    ['an unknown entity', '<Response><Say>&nbsp;</Say></Response>'],
    ['an entity named like a property', '<Response><Say>&constructor;&__proto__;</Say></Response>'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Response>&a;</Response>'],
    ['an attribute twice', '<Response><Say loop="1" loop="2">a</Say></Response>'],
    ['an attribute without quotes', '<Response><Say loop=1>a</Say></Response>'],
    ['attributes without space', '<Response><Say loop="1"language="x">a</Say></Response>'],
    ['an open comment', '<Response><!-- </Response>'],
    ['an open CDATA', '<Response><Say><![CDATA[x</Say></Response>'],
    ['a hundred levels', '<a>'.repeat(100) + '</a>'.repeat(100)],
    ['a character no document has', '<Response><Say>&#0;</Say></Response>'],
    ['a character beyond Unicode', '<Response><Say>&#x110000;</Say></Response>'],
  ]
  for (const [what, document] of garbage) {
    it(`refuses ${what} with Twilio's code 12100`, () => {
      expect(() => readTwiml(document))
        .to.throw(TwimlError)
        .with.property('code', 12100)
    })
  }

  it('refuses a root that is no Response with code 12102', () => {
    expect(() => readTwiml('<Answer/>'))
      .to.throw(TwimlError)
      .with.property('code', 12102)
  })

  it('reads prolog, comments, CDATA, entities and both quotes', () => {
    const document =
      '\uFEFF<?xml version="1.0"?><!-- x --><Response><!-- y --><Say language=\'cmn-CN\'>&#x6551;&#21629;<![CDATA[<&>]]></Say></Response>'
    expect(readTwiml(document).verbs).to.deep.equal([{ verb: 'Say', text: '救命<&>', language: 'cmn-CN', loop: 1 }])
  })

  const odd: [what: string, document: string, warning: string][] = [
    ['an unknown verb', '<Response><Sing>a</Sing></Response>', '<Sing> is not known here'],
    [
      'a verb that does not belong in a Gather',
      '<Response><Gather><Dial/></Gather></Response>',
      '<Dial> does not belong',
    ],
    ['an unknown target', '<Response><Dial><Sip>a</Sip></Dial></Response>', '<Sip> cannot be dialled here'],
    ['a number that is none', '<Response><Pause length="lang"/></Response>', 'length="lang" of <Pause> makes no sense'],
    ['a yes that is none', '<Response><Record playBeep="ja"/></Response>', 'playBeep="ja" of <Record> makes no sense'],
    ['text between verbs', '<Response>hello<Hangup/></Response>', 'Text directly in <Response>'],
  ]
  for (const [what, document, warning] of odd) {
    it(`passes over ${what} with a warning`, () => {
      expect(readTwiml(document).warnings.join()).to.contain(warning)
    })
  }

  it('gives every verb its defaults', () => {
    const document = '<Response><Gather/><Dial>110</Dial><Record/><Pause/></Response>'
    expect(readTwiml(document).verbs).to.deep.equal([
      {
        verb: 'Gather',
        keys: true,
        speech: false,
        timeoutSeconds: 5,
        finishOnKey: '#',
        evenWhenEmpty: false,
        prompts: [],
      },
      {
        verb: 'Dial',
        targets: [{ kind: 'number', to: '110' }],
        timeoutSeconds: 30,
        timeLimitSeconds: 14_400,
        answerOnBridge: false,
        hangupOnStar: false,
        record: false,
      },
      { verb: 'Record', silenceSeconds: 5, maxSeconds: 3_600, finishOnKey: '1234567890*#', beep: true },
      { verb: 'Pause', seconds: 1 },
    ])
  })

  it('never fails otherwise than by saying what is wrong', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '<Response>',
      '</Response>',
      '<Say',
      ' a="1"',
      '&amp;',
      '&',
      '<!--',
      '-->',
      'x',
      '"',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          parseXml(pieces.join(''))
        } catch (error) {
          expect(error).to.be.instanceOf(XmlError)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads a long document in time that grows with its length alone', () => {
    const verbs = '<Say>您好</Say>'.repeat(20_000)
    expect(readTwiml(`<Response>${verbs}</Response>`).verbs).to.have.length(20_000)
  })
})
