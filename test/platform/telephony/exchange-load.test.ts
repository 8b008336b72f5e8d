import { expect } from 'chai'
import { HOTLINE, response, startWorld } from './product.ts'
import type { World } from './product.ts'

const CALLS = 50
const DIGITS = 5

describe('Telephony - exchange - many calls at once', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ secondMs: 20 })
  })
  afterEach(() => world.stop())

  it('keeps fifty callers, queues and operators apart', async () => {
    world.product.answers('/voice', ({ form }) =>
      response(
        `<Gather numDigits="${String(DIGITS)}" action="/menu" timeout="600"><Say>${form['From'] ?? ''}</Say></Gather>`,
      ),
    )
    world.product.answers('/menu', ({ form }) =>
      response(`<Dial timeout="600"><Client>O${form['Digits'] ?? ''}</Client></Dial>`),
    )
    const stories = Array.from({ length: CALLS }, async (_, index) => {
      const digits = String(index).padStart(DIGITS, '0')
      const operator = world.phones.phone(`client:O${digits}`)
      const call = world.phones.caller(`123010${digits}`).dials(HOTLINE)
      await call.hears(`+86123010${digits}`).presses(digits)
      await operator.answers()
      await call.isAnsweredBy(`client:O${digits}`).says(`来电${digits}`)
      await operator.hears(`来电${digits}`).says(`坐席${digits}`)
      await call.hears(`坐席${digits}`).hangsUp().isOver('completed')
      const heard = (await call.view()).transcript.filter(({ kind }) => kind === 'heard')
      return heard.every(({ text }) => text.includes(digits))
    })
    expect(await Promise.all(stories)).to.deep.equal(Array.from({ length: CALLS }, () => true))
    expect(await world.phones.control.liveCalls()).to.have.length(0)
  })

  it('keeps its connections to the product open', async () => {
    world.product.answers('/voice', response('<Say>您好</Say>'))
    const sockets = new Set<unknown>()
    world.product.onConnection((socket) => sockets.add(socket))
    for (let index = 0; index < 20; index++) await world.phones.caller('12300000001').dials(HOTLINE).isOver()
    await world.phones.control.idle(1_000)
    expect(world.product.askedAt('/voice')).to.have.length(20)
    expect(sockets.size).to.be.at.most(4)
  })

  it('refuses more calls than it can hold, and takes them again when some are over', async () => {
    await world.stop()
    world = await startWorld({ maxLegs: 2 })
    world.product.answers('/voice', response('<Say>您好</Say>', '<Pause length="600"/>'))
    const [first, second] = ['1', '2'].map((end) => world.phones.caller(`1230000000${end}`).dials(HOTLINE))
    await first?.hears('您好')
    await second?.hears('您好')
    const refused = await world.phones.control
      .call({ from: '12300000003', to: HOTLINE })
      .catch((error: unknown) => error)
    expect(refused).to.have.property('code', 'busy')
    await first?.hangsUp().isOver()
    await world.phones.caller('12300000003').dials(HOTLINE).hears('您好')
  })
})
