import { deserialize, serialize } from 'bson'
import { expect } from 'chai'
import { connectRaw, opMsg } from './raw-client.ts'

describe('Gateway - messages', () => {
  it('answers the first hello in the oldest form, OP_QUERY', async () => {
    const raw = await connectRaw()
    const answer = await raw.send(opQuery({ ismaster: 1, helloOk: true }))
    expect(answer?.readInt32LE(12)).to.equal(1)
    expect(deserialize(answer!.subarray(36))).to.include({ ok: 1, ismaster: true, helloOk: true, maxWireVersion: 21 })
    raw.close()
  })

  it('answers to the request it was asked by', async () => {
    const raw = await connectRaw()
    const asked = opMsg(Buffer.from(serialize({ ping: 1, $db: 'admin' })))
    asked.writeInt32LE(4711, 4)
    expect((await raw.send(asked))?.readInt32LE(8)).to.equal(4711)
    raw.close()
  })

  it('takes a message with a checksum', async () => {
    const raw = await connectRaw()
    const plain = opMsg(Buffer.from(serialize({ ping: 1, $db: 'admin' })), 1)
    const summed = Buffer.concat([plain, Buffer.alloc(4)])
    summed.writeInt32LE(summed.length, 0)
    expect(await raw.send(summed)).to.not.equal(undefined)
    raw.close()
  })

  it('answers several requests sent at once, in their order', async () => {
    const raw = await connectRaw()
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) =>
        raw.command({ find: 'nothing', filter: { n }, $db: 'conformance' }),
      ),
    )
    expect(answers.every(({ ok }) => ok === 1)).to.equal(true)
    raw.close()
  })

  it('hangs up on bytes that are no message, and goes on serving others', async () => {
    const [bad, good] = [await connectRaw(), await connectRaw()]
    const nonsense = opMsg(Buffer.from([5, 0, 0, 0, 0]))
    nonsense.writeInt32LE(9999, 12)
    expect(await bad.send(nonsense)).to.equal(undefined)
    expect(await good.command({ ping: 1, $db: 'admin' })).to.include({ ok: 1 })
    good.close()
  })

  it('refuses a command whose document is damaged', async () => {
    const raw = await connectRaw()
    const body = Buffer.from(serialize({ ping: 1, $db: 'admin' }))
    body[4] = 99
    expect(deserialize((await raw.send(opMsg(body)))!.subarray(21))).to.include({ ok: 0, code: 9 })
    raw.close()
  })
})

/** A query on `admin.$cmd`. Source: MongoDB wire protocol, OP_QUERY. */
function opQuery(command: object): Buffer {
  const name = Buffer.from('admin.$cmd\0')
  const body = Buffer.from(serialize(command))
  const message = Buffer.alloc(16 + 4 + name.length + 8 + body.length)
  message.writeInt32LE(message.length, 0)
  message.writeInt32LE(1, 4)
  message.writeInt32LE(2004, 12)
  name.copy(message, 20)
  message.writeInt32LE(-1, 20 + name.length + 4)
  body.copy(message, 28 + name.length)
  return message
}
