import { expect } from 'chai'
import { createServer } from 'node:net'
import { eventually, HOTLINE, response, startWorld } from './product.ts'
import type { World } from './product.ts'

const CALLER = '12300000001'
const FALLBACK = '我们会尽快给您回电'

describe('Telephony - exchange - faults', () => {
  let world: World
  afterEach(() => world.stop())

  describe('when the product’s voice address fails', () => {
    beforeEach(async () => {
      world = await startWorld({ secondMs: 20, webhookTimeoutMs: 300 })
    })
    const hears = async (words: string) => {
      const call = world.phones.caller(CALLER).dials(HOTLINE)
      await call.hears(words).isOver('completed')
      return call.view()
    }

    const failures: [what: string, answer: () => { status: number; body?: string; type?: string } | undefined][] = [
      ['answers 500', () => ({ status: 500 })],
      ['answers 404', () => ({ status: 404 })],
      ['answers 302', () => ({ status: 302 })],
      ['never answers', () => undefined],
      ['answers garbage', () => ({ status: 200, body: '<Response><Say>' })],
      ['answers nothing', () => ({ status: 200, body: '' })],
      ['answers JSON', () => ({ status: 200, body: '{}', type: 'application/json' })],
      ['answers 100 kB', () => ({ status: 200, body: response(`<Say>${'长'.repeat(40_000)}</Say>`) })],
    ]
    for (const [what, answer] of failures) {
      it(`lets the caller hear its own sentence when it ${what}, and marks the call`, async () => {
        world.product.answers('/voice', answer)
        const view = await hears(FALLBACK)
        expect(view.unfinished).to.match(/^error 1\d{4}$/)
      })
    }

    it('does so when nothing listens there', async () => {
      await world.product.stop()
      expect((await hears(FALLBACK)).unfinished).to.equal('error 11205')
    })

    it('does so when the documents lead in a circle', async () => {
      world.product.answers('/voice', response('<Redirect>/voice</Redirect>'))
      await hears(FALLBACK)
      expect(world.product.askedAt('/voice').length).to.be.within(50, 150)
    })

    it('asks the fallback address first, and tells it what went wrong', async () => {
      await world.phones.control.setNumber({
        number: HOTLINE,
        voiceUrl: `${world.product.url}/voice`,
        voiceFallbackUrl: `${world.product.url}/fallback`,
      })
      world.product.answers('/voice', () => ({ status: 503 }))
      world.product.answers('/fallback', response('<Say>备用线路</Say>'))
      expect((await hears('备用线路')).unfinished).to.equal(undefined)
      expect(world.product.askedAt('/fallback')[0]?.form).to.include({
        ErrorCode: '11200',
        ErrorUrl: `${world.product.url}/voice`,
      })
    })

    it('speaks its own sentence when the fallback fails too', async () => {
      await world.phones.control.setNumber({
        number: HOTLINE,
        voiceUrl: `${world.product.url}/voice`,
        voiceFallbackUrl: `${world.product.url}/fallback`,
      })
      world.product.answers('/voice', () => ({ status: 503 }))
      world.product.answers('/fallback', () => ({ status: 503 }))
      await hears(FALLBACK)
    })

    it('does the same in the middle of a call and in a queue', async () => {
      world.product.answers(
        '/voice',
        response('<Gather numDigits="1" action="/gone" timeout="600"><Say>按键</Say></Gather>'),
      )
      world.product.answers('/gone', () => ({ status: 500 }))
      await world.phones.caller(CALLER).dials(HOTLINE).hears('按键').presses('1').hears(FALLBACK).isOver()
      world.product.answers('/voice', response('<Enqueue waitUrl="/gone">q</Enqueue>'))
      await world.phones.caller(CALLER).dials(HOTLINE).hears(FALLBACK).isOver()
    })

    it('connects a duty phone although its own document fails', async () => {
      world.product.answers('/voice', response('<Dial timeout="600"><Number url="/gone">12320614103</Number></Dial>'))
      world.product.answers('/gone', () => ({ status: 500 }))
      const call = world.phones.caller(CALLER).dials(HOTLINE)
      await world.phones.phone('12320614103').answers()
      await call.isAnsweredBy('12320614103').hangsUp()
    })
  })

  describe('when faults are ordered', () => {
    beforeEach(async () => {
      world = await startWorld({ secondMs: 20 })
      world.product.answers(
        '/voice',
        response(
          '<Dial timeout="600"><Client statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">O1</Client></Dial>',
        ),
      )
    })
    const order = (fault: Parameters<World['phones']['control']['orderFault']>[0]) =>
      world.phones.control.orderFault(fault)

    for (const atOnce of [false, true]) {
      it(`delivers a webhook twice with the same token, ${atOnce ? 'at the same moment' : 'one after the other'}`, async () => {
        await order({ what: 'twice', of: 'voice', atOnce })
        const call = world.phones.caller(CALLER).dials(HOTLINE)
        await eventually(() => world.product.askedAt('/voice').length === 2, 'asked twice')
        const [one, other] = world.product.askedAt('/voice')
        expect(one?.token).to.equal(other?.token).and.not.equal('')
        expect([one?.isSigned, other?.isSigned]).to.deep.equal([true, true])
        await call.hangsUp().isOver()
      })
    }

    it('delivers a report after the one that follows it', async () => {
      await order({ what: 'out_of_order', at: '/leg' })
      const call = world.phones.caller(CALLER).dials(HOTLINE)
      await world.phones.phone('client:O1').answers()
      await call.hangsUp().isOver()
      await eventually(() => world.product.askedAt('/leg').length === 4, 'all reports')
      expect(world.product.askedAt('/leg').map(({ form }) => form['SequenceNumber'])).to.deep.equal([
        '1',
        '0',
        '2',
        '3',
      ])
    })

    it('loses a report', async () => {
      await order({ what: 'lost', of: 'status', at: '/leg', count: 2 })
      const call = world.phones.caller(CALLER).dials(HOTLINE)
      await world.phones.phone('client:O1').answers()
      await call.hangsUp().isOver()
      await eventually(() => world.product.askedAt('/leg').length === 2, 'the other reports')
      expect(world.product.askedAt('/leg').map(({ form }) => form['SequenceNumber'])).to.deep.equal(['2', '3'])
    })

    it('delivers a webhook late', async () => {
      await order({ what: 'late', of: 'voice', ms: 150 })
      const before = performance.now()
      const call = world.phones.caller(CALLER).dials(HOTLINE)
      await world.phones.phone('client:O1').rings()
      expect(performance.now() - before).to.be.at.least(150)
      await call.hangsUp().isOver()
    })

    it('breaks the line, with a report or without', async () => {
      const told = world.phones.caller(CALLER).dials(HOTLINE)
      await world.phones.phone('client:O1').rings()
      await told.isCutOff().isOver('completed')
      await eventually(() => world.product.askedAt('/status').length === 1, 'reported')
      const untold = world.phones.caller(CALLER).dials(HOTLINE)
      await world.phones.phone('client:O1').rings()
      await untold.isCutOff(true).isOver('completed')
      await world.phones.control.idle(1_000)
      expect(world.product.askedAt('/status')).to.have.length(1)
    })

    it('forgets what was ordered when told so', async () => {
      await order({ what: 'lost', of: 'voice', count: 100 })
      await world.phones.control.clearFaults()
      const call = world.phones.caller(CALLER).dials(HOTLINE)
      await world.phones.phone('client:O1').rings()
      await call.hangsUp().isOver()
    })
  })

  describe('when a kept connection was closed by the product', () => {
    it('asks again on a new one', async () => {
      world = await startWorld({ secondMs: 20 })
      let connections = 0
      const server = createServer((socket) => {
        connections += 1
        let requests = 0
        socket.on('data', () => {
          requests += 1
          if (requests > 1) socket.destroy()
          else socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 11\r\n\r\n<Response/>')
        })
        socket.on('error', () => undefined)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as { port: number }
      await world.phones.control.setNumber({ number: HOTLINE, voiceUrl: `http://127.0.0.1:${String(port)}/voice` })
      for (let call = 1; call <= 3; call++) {
        const view = world.phones.caller(CALLER).dials(HOTLINE)
        await view.isOver()
        expect((await view.view()).unfinished).to.equal(undefined)
      }
      expect(connections).to.equal(3)
      server.close()
    })
  })
})
