import { expect } from 'chai'
import { parseStatusWebhook, parseTextStatusWebhook } from '../../../src/platform/telephony/status-webhook.ts'
import { parseTextWebhook } from '../../../src/platform/telephony/text-webhook.ts'
import { parseVoiceWebhook } from '../../../src/platform/telephony/voice-webhook.ts'

const CALL = `CA${'a1'.repeat(16)}`
const TEXT = `SM${'b2'.repeat(16)}`

describe('Telephony - webhooks', () => {
  describe('when a call rings', () => {
    it('tells who calls whom, with numbers in the one spelling', () => {
      const webhook = parseVoiceWebhook({
        CallSid: CALL,
        From: '１２３ ０００ ０００ ０１',
        To: '+86 123 2061 4000',
        CallStatus: 'ringing',
        Direction: 'inbound',
      })
      expect(webhook).to.deep.equal({
        callSid: CALL,
        from: '+8612300000001',
        to: '+8612320614000',
        status: 'ringing',
        direction: 'inbound',
      })
    })

    for (const from of ['anonymous', '+266696687', 'Restricted', '', 'no number at all']) {
      it(`takes a caller who shows "${from}" as withheld`, () => {
        expect(parseVoiceWebhook({ CallSid: CALL, From: from, To: '12320614000' }).from).to.equal('anonymous')
      })
    }

    it('reads what was pressed, said, dialled, queued and recorded', () => {
      const webhook = parseVoiceWebhook({
        CallSid: CALL,
        From: '12300000001',
        To: '12320614000',
        CallStatus: 'in-progress',
        Digits: '1#',
        SpeechResult: '救命',
        DialCallStatus: 'no-answer',
        DialCallDuration: '12',
        QueueResult: 'bridged',
        QueuePosition: '3',
        RecordingSid: `RE${'c3'.repeat(16)}`,
        RecordingDuration: '7',
      })
      expect(webhook).to.include({
        digits: '1#',
        speech: '救命',
        dialStatus: 'no-answer',
        dialSeconds: 12,
        queueResult: 'bridged',
        queuePosition: 3,
        recordingSeconds: 7,
      })
    })

    it('leaves out numbers that are not numbers', () => {
      const webhook = parseVoiceWebhook({
        CallSid: CALL,
        From: '1',
        To: '2',
        QueuePosition: 'x',
        RecordingDuration: '-4',
      })
      expect(webhook).not.to.have.any.keys('queuePosition', 'recordingSeconds')
    })

    it('takes the first of a repeated field', () => {
      expect(parseVoiceWebhook({ CallSid: [CALL, 'x'], From: ['12300000001', '2'], To: '2' }).from).to.equal(
        '+8612300000001',
      )
    })

    for (const form of [{}, { CallSid: 'CA1' }, { CallSid: `${CALL}'; drop` }, null, 'x']) {
      it(`refuses a form without a proper call id: ${JSON.stringify(form)}`, () => {
        expect(() => parseVoiceWebhook(form)).to.throw()
      })
    }
  })

  describe('when a call reports its state', () => {
    it('gives state, order and moment', () => {
      const report = parseStatusWebhook({
        CallSid: CALL,
        From: 'client:O1',
        To: '12320614103',
        CallStatus: 'completed',
        CallDuration: '61',
        SequenceNumber: '3',
        Timestamp: 'Sat, 28 Nov 2026 15:40:10 +0000',
      })
      expect(report).to.include({ from: 'client:O1', status: 'completed', durationSeconds: 61, sequence: 3 })
      expect(report.at?.toISOString()).to.equal('2026-11-28T15:40:10.000Z')
    })

    it('refuses a state nobody knows', () => {
      expect(() => parseStatusWebhook({ CallSid: CALL, From: '1', To: '2', CallStatus: 'exploded' })).to.throw()
    })
  })

  describe('when a text message comes or reports its delivery', () => {
    it('keeps every character of what was written', () => {
      const text = '䶮𠮷 😀 我在海门\n常乐镇'
      expect(parseTextWebhook({ MessageSid: TEXT, From: '12300000001', To: '12320614000', Body: text })).to.deep.equal({
        textSid: TEXT,
        from: '+8612300000001',
        to: '+8612320614000',
        text,
      })
    })

    it('tells which notice was delivered by the key in the address', () => {
      const form = { MessageSid: TEXT, MessageStatus: 'undelivered', From: '1', To: '12300000001', ErrorCode: '30003' }
      expect(parseTextStatusWebhook(form, { key: 'notice-7' })).to.include({
        key: 'notice-7',
        status: 'undelivered',
        errorCode: 30_003,
      })
    })
  })
})
