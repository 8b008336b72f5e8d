import { expect } from 'chai'
import { eventually, HOTLINE, response, startWorld } from './product.ts'
import type { World } from './product.ts'

const CALLER = '12300000001'

describe('Telephony - exchange - verbs', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ secondMs: 20 })
  })
  afterEach(() => world.stop())

  const voice = (...verbs: string[]) => world.product.answers('/voice', response(...verbs))
  const dials = (plan?: { say?: string | string[]; press?: string }) => world.phones.caller(CALLER).dials(HOTLINE, plan)

  describe('when a call comes in', () => {
    it('asks the number’s address with a signed form and follows the document to its end', async () => {
      voice('<Say language="cmn-CN">您好，救助热线。</Say>')
      const call = dials()
      await call.hears('救助热线').isOver('completed')
      const [asked] = world.product.askedAt('/voice')
      expect(asked?.isSigned).to.equal(true)
      expect(asked?.form).to.include({
        From: '+8612300000001',
        To: '+8612320614000',
        CallStatus: 'ringing',
        Direction: 'inbound',
        ApiVersion: '2010-04-01',
      })
      expect((await call.view()).transcript.find(({ kind }) => kind === 'heard')).to.include({ language: 'cmn-CN' })
    })

    it('reports its end to the number’s status address, signed', async () => {
      voice('<Say>a</Say>')
      await dials().isOver()
      await eventually(() => world.product.askedAt('/status').length === 1, 'one report')
      const [report] = world.product.askedAt('/status')
      expect(report?.isSigned).to.equal(true)
      expect(report?.form).to.include({ CallStatus: 'completed', CallDuration: '1', SequenceNumber: '0' })
    })

    it('tells of a withheld number as networks do', async () => {
      voice('<Hangup/>')
      await world.phones.caller('anonymous').dials(HOTLINE).isOver()
      expect(world.product.askedAt('/voice')[0]?.form['From']).to.equal('+266696687')
    })

    for (const [reason, status] of [
      ['busy', 'busy'],
      ['rejected', 'no-answer'],
    ] as const) {
      it(`refuses it unanswered on <Reject reason="${reason}">`, async () => {
        voice(`<Reject reason="${reason}"/>`)
        const call = dials()
        await call.isOver(status)
        expect((await call.view()).answeredAt).to.equal(undefined)
      })
    }

    it('is a missed call when the caller hangs up before anything answers', async () => {
      world.product.answers('/voice', () => undefined)
      const call = dials()
      await eventually(() => world.product.askedAt('/voice').length === 1, 'asked')
      await call.hangsUp().isOver('no-answer')
    })
  })

  describe('Say, Play and Pause', () => {
    it('are heard in order, as often as they repeat', async () => {
      voice('<Say loop="2">一</Say>', '<Play>https://x.example/a.mp3</Play>', '<Pause length="1"/>', '<Say>二</Say>')
      const call = dials()
      await call.isOver()
      const heard = (await call.view()).transcript.filter(({ kind }) => kind === 'heard').map(({ text }) => text)
      expect(heard).to.deep.equal(['一', '一', '♪ https://x.example/a.mp3', '二'])
    })

    it('keep rare characters and marks of speech apart', async () => {
      voice('<Say>䶮𠮷 &amp; &lt;家&gt; <break time="1s"/>😀</Say>')
      await dials().hears('䶮𠮷 & <家> 😀')
    })
  })

  describe('Gather', () => {
    it('sends the keys as soon as there are enough, in the middle of the prompt', async () => {
      voice('<Gather numDigits="1" action="/menu"><Say>按1求助</Say><Pause length="600"/></Gather>')
      world.product.answers('/menu', response('<Say>好的</Say>'))
      await dials().hears('按1求助').presses('1').hears('好的').isOver()
      expect(world.product.askedAt('/menu')[0]?.form).to.include({ Digits: '1', CallStatus: 'in-progress' })
    })

    it('sends several keys when the closing key comes', async () => {
      voice('<Gather action="/menu" timeout="600"><Say>编号</Say></Gather>')
      await dials().hears('编号').presses('0123#').isOver()
      expect(world.product.askedAt('/menu')[0]?.form['Digits']).to.equal('0123')
    })

    it('sends what was pressed when the silence is long enough', async () => {
      voice('<Gather action="/menu" timeout="2"><Say>编号</Say></Gather>')
      await dials().hears('编号').presses('42').isOver()
      expect(world.product.askedAt('/menu')[0]?.form['Digits']).to.equal('42')
    })

    it('sends spoken words', async () => {
      voice('<Gather input="speech" action="/menu" timeout="600" language="cmn-Hans-CN"><Say>请讲</Say></Gather>')
      await dials().hears('请讲').says('我在常乐镇，房子着火了').isOver()
      expect(world.product.askedAt('/menu')[0]?.form).to.include({ SpeechResult: '我在常乐镇，房子着火了' })
    })

    it('goes on with the next verb when nothing comes', async () => {
      voice('<Gather action="/menu" timeout="1"><Say>按键</Say></Gather>', '<Say>没有收到</Say>')
      await dials().hears('没有收到')
      expect(world.product.askedAt('/menu')).to.have.length(0)
    })

    it('sends an empty result when that is wanted', async () => {
      voice('<Gather action="/menu" timeout="1" actionOnEmptyResult="true"/>')
      await dials().isOver()
      expect(world.product.askedAt('/menu')[0]?.form).to.include({ Digits: '' })
    })

    it('asks its own document again without an action', async () => {
      let times = 0
      world.product.answers('/voice', () =>
        times++ === 0 ? response('<Gather numDigits="1" timeout="600"/>') : response(),
      )
      await dials({ press: '7' }).isOver()
      expect(world.product.askedAt('/voice').map(({ form }) => form['Digits'])).to.deep.equal([undefined, '7'])
    })

    it('gets what the caller planned to press and say, one menu after the other', async () => {
      voice('<Gather numDigits="1" action="/two" timeout="600"/>')
      world.product.answers('/two', response('<Gather input="speech" action="/three" timeout="600"/>'))
      await dials({ press: '12', say: ['冷', '饿'] }).isOver()
      expect(world.product.askedAt('/two')[0]?.form['Digits']).to.equal('1')
      expect(world.product.askedAt('/three')[0]?.form['SpeechResult']).to.equal('冷')
    })

    it('ends quietly when the caller hangs up', async () => {
      voice('<Gather action="/menu" timeout="600"><Say>按键</Say></Gather>')
      await dials().hears('按键').hangsUp().isOver('completed')
      expect(world.product.askedAt('/menu')).to.have.length(0)
    })
  })

  describe('Dial', () => {
    it('connects the one who answers, both hear each other, and tells how it ended', async () => {
      voice('<Dial action="/after" timeout="600"><Client>O1</Client></Dial>')
      const call = dials()
      const operator = world.phones.phone('client:O1')
      await operator.rings().answers()
      await call.isAnsweredBy('client:O1').says('喂')
      await operator.hears('喂').says('您好，这里是救助热线')
      await call.hears('您好，这里是救助热线')
      await operator.hangsUp()
      await call.isOver('completed')
      expect(world.product.askedAt('/after')[0]?.form).to.include({ DialCallStatus: 'completed', DialBridged: 'true' })
    })

    it('rings everybody at once; the others stop when one answers', async () => {
      voice('<Dial timeout="600"><Client>O1</Client><Client>O2</Client><Number>12320614103</Number></Dial>')
      const call = dials()
      await world.phones.phone('client:O1').rings()
      await world.phones.phone('client:O2').rings()
      await world.phones.phone('123 2061 4103').answers()
      await call.isAnsweredBy('12320614103')
      await world.phones.phone('client:O1').stopsRinging()
      await world.phones.phone('client:O2').stopsRinging()
      const { calls } = await world.phones.phone('client:O1').view()
      expect(calls[0]?.status).to.equal('canceled')
      await call.hangsUp()
    })

    for (const [what, mode, status] of [
      ['nobody answers', 'ring', 'no-answer'],
      ['it is engaged', 'busy', 'busy'],
      ['it is refused', 'decline', 'busy'],
      ['it is switched off', 'unreachable', 'failed'],
    ] as const) {
      it(`tells "${status}" when ${what}`, async () => {
        await world.phones.phone('client:O1').is({ mode })
        voice('<Dial action="/after" timeout="2"><Client>O1</Client></Dial>')
        world.product.answers('/after', response('<Say>下一位</Say>'))
        await dials().hears('下一位').isOver()
        expect(world.product.askedAt('/after')[0]?.form['DialCallStatus']).to.equal(status)
      })
    }

    it('can be declined while it rings, and the ringing can be cut short', async () => {
      voice(
        '<Dial timeout="600"><Client>O1</Client></Dial>',
        '<Dial timeout="600"><Client>O2</Client></Dial>',
        '<Say>无人</Say>',
      )
      const call = dials()
      await world.phones.phone('client:O1').declines()
      await world.phones.phone('client:O2').rings()
      await call.waitsLongEnough().hears('无人')
    })

    it('reports each leg in order with its own number', async () => {
      const events = 'statusCallbackEvent="initiated ringing answered completed"'
      voice(`<Dial><Client statusCallback="/leg" ${events}>O1</Client></Dial>`)
      const call = dials()
      await world.phones.phone('client:O1').answers()
      await call.hangsUp().isOver()
      await eventually(() => world.product.askedAt('/leg').length === 4, 'four reports')
      const reports = world.product.askedAt('/leg').map(({ form }) => [form['CallStatus'], form['SequenceNumber']])
      expect(reports).to.deep.equal([
        ['initiated', '0'],
        ['ringing', '1'],
        ['in-progress', '2'],
        ['completed', '3'],
      ])
      const [leg] = world.product.askedAt('/leg')
      const { sid } = await call.view()
      expect(leg?.form).to.include({ ParentCallSid: sid, To: 'client:O1', Direction: 'outbound-dial' })
    })

    it('lets the one who answers hear a document first, and refuse there', async () => {
      voice('<Dial action="/after"><Number url="/whisper">12320614103</Number></Dial>')
      world.product.answers(
        '/whisper',
        response('<Gather numDigits="1" timeout="600" action="/choice"><Say>按1接听</Say></Gather>'),
      )
      world.product.answers('/choice', ({ form }) => (form['Digits'] === '1' ? response() : response('<Hangup/>')))
      const phone = world.phones.phone('12320614103')
      const refused = dials()
      await phone.answers().hears('按1接听').presses('2')
      await refused.isOver()
      expect(world.product.askedAt('/after')[0]?.form['DialCallStatus']).to.equal('no-answer')
      const taken = dials()
      await phone.answers().hears('按1接听').presses('1')
      await taken.isAnsweredBy('12320614103').hangsUp()
    })

    it('tells the action also when the caller hangs up, while ringing and while talking', async () => {
      voice('<Dial action="/after" timeout="600"><Client>O1</Client></Dial>')
      const ringing = dials()
      await world.phones.phone('client:O1').rings()
      await ringing.hangsUp().isOver('completed')
      await world.phones.phone('client:O1').stopsRinging()
      const talking = dials()
      await world.phones.phone('client:O1').answers()
      await talking.isAnsweredBy('client:O1').hangsUp()
      await eventually(() => world.product.askedAt('/after').length === 2, 'both told')
      expect(world.product.askedAt('/after').map(({ form }) => form['DialCallStatus'])).to.deep.equal([
        'canceled',
        'completed',
      ])
    })

    it('keeps a call unanswered until somebody answers, if wanted', async () => {
      voice('<Dial answerOnBridge="true" timeout="2"><Client>O1</Client></Dial>')
      const missed = dials()
      await missed.isOver('no-answer')
      const answered = dials()
      await world.phones.phone('client:O1').answers()
      await answered.hangsUp().isOver('completed')
    })

    it('records the conversation if wanted', async () => {
      voice(
        '<Dial record="record-from-answer" recordingStatusCallback="/recorded" action="/after"><Client>O1</Client></Dial>',
      )
      const call = dials()
      await world.phones.phone('client:O1').answers()
      await call.isAnsweredBy('client:O1')
      await world.phones.phone('client:O1').hangsUp()
      await call.isOver()
      await eventually(() => world.product.askedAt('/recorded').length === 1, 'recording reported')
      const after = world.product.askedAt('/after')[0]?.form
      expect(after?.['RecordingSid']).to.match(/^RE[0-9a-f]{32}$/)
      expect(world.product.askedAt('/recorded')[0]?.form['RecordingSid']).to.equal(after?.['RecordingSid'])
    })

    it('calls one of our own numbers as an inbound call, and both sides hear each other', async () => {
      voice('<Dial><Client>O1</Client></Dial>')
      await world.phones.control.setNumber({ number: '12371312000', voiceUrl: `${world.product.url}/other` })
      world.product.answers('/other', response(`<Dial><Number>${HOTLINE}</Number></Dial>`))
      const call = world.phones.caller(CALLER).dials('12371312000')
      await world.phones.phone('client:O1').answers().says('海门热线')
      await call.hears('海门热线').says('转接的来电')
      await world.phones.phone('client:O1').hears('转接的来电').hangsUp()
      await call.isOver('completed')
    })
  })

  describe('Enqueue', () => {
    const wait = '<Enqueue waitUrl="/wait" action="/left">320614</Enqueue>'

    it('tells the place in the queue in each round of waiting', async () => {
      voice(wait)
      world.product.answers('/wait', ({ form }) => response(`<Say>您是第${form['QueuePosition'] ?? '?'}位</Say>`))
      await dials().hears('您是第1位').hears('您是第1位')
      await world.phones.caller('12300000002').dials(HOTLINE).hears('您是第2位')
      expect(world.product.askedAt('/wait').every((asked) => asked.isSigned)).to.equal(true)
    })

    it('connects the first caller to whoever dials the queue; the action is told when both have parted', async () => {
      voice(wait)
      world.product.answers('/wait', response('<Say>请稍候</Say>', '<Pause length="600"/>'))
      world.product.answers('/left', response('<Say>感谢来电</Say>'))
      const [first, second] = [dials(), world.phones.caller('12300000002').dials(HOTLINE)]
      await first.hears('请稍候')
      await second.hears('请稍候')
      await world.phones.control.setNumber({ number: '12371312000', voiceUrl: `${world.product.url}/desk` })
      world.product.answers('/desk', response('<Dial action="/done"><Queue url="/told">320614</Queue></Dial>'))
      world.product.answers('/told', response('<Say>正在接通</Say>'))
      const desk = world.phones.caller('client:O1').dials('12371312000')
      await first.hears('正在接通').isAnsweredBy('client:O1').says('着火了')
      await desk.hears('着火了')
      expect(world.product.askedAt('/left')).to.have.length(0)
      await desk.hangsUp()
      await first.hears('感谢来电').isOver('completed')
      expect(world.product.askedAt('/left')[0]?.form).to.include({ QueueResult: 'bridged' })
      await second.hangsUp().isOver()
      await eventually(() => world.product.askedAt('/left').length === 2, 'both told')
      expect(world.product.askedAt('/left')[1]?.form).to.include({ QueueResult: 'hangup' })
    })

    it('lets the one who dials an empty queue wait for the next caller', async () => {
      voice(wait)
      const first = dials()
      await eventually(() => world.product.askedAt('/wait').length > 0, 'waiting')
      await first.hangsUp().isOver()
      await world.phones.control.setNumber({ number: '12371312000', voiceUrl: `${world.product.url}/desk` })
      world.product.answers('/desk', response('<Dial timeout="600"><Queue>320614</Queue></Dial>'))
      const desk = world.phones.caller('client:O1').dials('12371312000')
      await eventually(() => world.product.askedAt('/desk').length === 1, 'desk waits')
      const next = dials()
      await next.isAnsweredBy('client:O1').hangsUp()
      await desk.isOver('completed')
    })

    it('leaves when the waiting document says so', async () => {
      voice(wait, '<Say>不再等待</Say>')
      world.product.answers('/wait', response('<Leave/>'))
      world.product.answers('/left', response('<Say>请留言</Say>'))
      await dials().hears('请留言')
      expect(world.product.askedAt('/left')[0]?.form['QueueResult']).to.equal('leave')
    })

    it('lets a waiting caller choose by a key', async () => {
      voice(wait)
      world.product.answers(
        '/wait',
        response('<Gather numDigits="1" action="/choice" timeout="600"><Say>按1回拨</Say></Gather>'),
      )
      world.product.answers('/choice', response('<Leave/>'))
      world.product.answers('/left', response('<Say>我们会回电</Say>'))
      await dials().hears('按1回拨').presses('1').hears('我们会回电')
    })

    it('puts a caller back at the head of the queue when the one who took him is gone', async () => {
      voice(wait)
      world.product.answers('/wait', response('<Say>请稍候</Say>', '<Pause length="600"/>'))
      await dials().hears('请稍候').hangsUp().isOver()
      world.product.answers('/desk', response('<Dial timeout="600"><Queue>320614</Queue></Dial>'))
      await world.phones.control.setNumber({ number: '12371312000', voiceUrl: `${world.product.url}/desk` })
      const desk = world.phones.caller('client:O1').dials('12371312000')
      await eventually(() => world.product.askedAt('/desk').length === 1, 'desk waits')
      await desk.hangsUp().isOver()
      const second = dials()
      await second.hears('请稍候')
      await world.phones.caller('client:O2').dials('12371312000').isAnsweredBy('+8612300000001')
      await second.isAnsweredBy('client:O2').hangsUp()
    })

    it('refuses the hundred and first caller', async () => {
      const full = '<Enqueue action="/left">full</Enqueue>'
      voice(full)
      await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          world.phones.caller(`123001${String(index).padStart(5, '0')}`).dials(HOTLINE),
        ),
      )
      await eventually(() => world.product.askedAt('/voice').length === 100, 'all called')
      const queued = async () => (await world.phones.control.queues())[0]?.callers.length
      while ((await queued()) !== 100) await world.phones.control.idle(100)
      await dials().isOver()
      expect(world.product.askedAt('/left')[0]?.form['QueueResult']).to.equal('queue-full')
    })
  })

  describe('Record', () => {
    const record = (attributes: string) => `<Record action="/recorded" ${attributes}/>`

    it('keeps what is said until a key, and its sound can be fetched', async () => {
      voice('<Say>请留言</Say>', record('timeout="600" recordingStatusCallback="/kept"'))
      await dials().hears('beep').says('我叫测试甲，在常乐镇，今晚没有地方住').presses('#').isOver()
      const form = world.product.askedAt('/recorded')[0]?.form ?? {}
      expect(form).to.include({ Digits: '#', RecordingDuration: '5' })
      expect(form['RecordingUrl']).to.match(
        new RegExp(`^${world.phones.url}/2010-04-01/Accounts/AC[0-9a-f]{32}/Recordings/RE`),
      )
      await eventually(() => world.product.askedAt('/kept').length === 1, 'reported')
    })

    it('ends with a silence', async () => {
      voice(record('timeout="2"'))
      await dials({ say: '救命' }).isOver()
      expect(world.product.askedAt('/recorded')[0]?.form).to.include({ Digits: '', RecordingDuration: '1' })
    })

    it('ends when it is full', async () => {
      voice(record('timeout="600" maxLength="3"'))
      await dials({ say: '很长'.repeat(100) }).isOver()
      expect(world.product.askedAt('/recorded')[0]?.form['RecordingDuration']).to.equal('3')
    })

    it('is kept when the caller hangs up after speaking', async () => {
      voice(record('timeout="600"'))
      await dials().hears('beep').says('喂').hangsUp().isOver()
      await eventually(() => world.product.askedAt('/recorded').length === 1, 'told')
      expect(world.product.askedAt('/recorded')[0]?.form).to.include({ Digits: 'hangup', CallStatus: 'completed' })
    })

    it('goes on with the next verb when nothing was said', async () => {
      voice(record('timeout="1"'), '<Say>没有听到</Say>')
      await dials().hears('没有听到')
      expect(world.product.askedAt('/recorded')).to.have.length(0)
    })
  })

  describe('Redirect and Hangup', () => {
    it('go to another document, relative to this one, by GET if wanted', async () => {
      voice('<Redirect method="GET">next?step=2</Redirect>', '<Say>nicht</Say>')
      world.product.answers('/next', response('<Hangup/>', '<Say>zu spät</Say>'))
      const call = dials()
      await call.isOver()
      const [asked] = world.product.askedAt('/next')
      expect(asked?.isSigned).to.equal(true)
      expect(asked?.query).to.include({ step: '2', CallStatus: 'ringing' })
      expect((await call.view()).transcript.some(({ kind }) => kind === 'heard')).to.equal(false)
    })
  })
})
