import { expect } from 'chai'
import fc from 'fast-check'
import { createFraming } from '../../../../../scripts/local-services/gateway/wire/framing.ts'
import { MAX_MESSAGE_BYTES } from '../../../../../scripts/local-services/gateway/wire/messages.ts'
import { MalformedBson } from '../../../../../scripts/local-services/gateway/wire/raw-bson.ts'

function message(content: Uint8Array): Buffer {
  const head = Buffer.alloc(16)
  head.writeInt32LE(16 + content.length, 0)
  return Buffer.concat([head, content])
}

describe('Gateway - framing', () => {
  it('gives the same messages however the bytes were cut on their way', () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 })
    fc.assert(
      fc.property(contents, fc.infiniteStream(fc.integer({ min: 1, max: 30 })), (parts, sizes) => {
        const sent = parts.map(message)
        const bytes = Buffer.concat(sent)
        const framing = createFraming()
        const taken: Buffer[] = []
        for (let at = 0; at < bytes.length;) {
          const size = sizes.next().value as number
          taken.push(...framing.take(bytes.subarray(at, at + size)))
          at += size
        }
        expect(taken.map((one) => one.toString('hex'))).to.deep.equal(sent.map((one) => one.toString('hex')))
      }),
    )
  })

  it('refuses a message larger than allowed before it has come, and one smaller than its header', () => {
    for (const length of [MAX_MESSAGE_BYTES + 1, 15, 0, -1]) {
      const head = Buffer.alloc(16)
      head.writeInt32LE(length, 0)
      expect(() => createFraming().take(head), String(length)).to.throw(MalformedBson)
    }
  })
})
