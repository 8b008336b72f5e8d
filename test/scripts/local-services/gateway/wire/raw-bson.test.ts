import { deserialize, Long, ObjectId, serialize } from 'bson'
import type { Document } from 'bson'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  arrayOf,
  documentField,
  MalformedBson,
  readFields,
  splitDocuments,
  TYPE,
  withoutFields,
  wrapDocument,
} from '../../../../../scripts/local-services/gateway/wire/raw-bson.ts'

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.array(fc.integer()),
  fc.dictionary(fc.string(), fc.integer()),
)
const name = fc.string().filter((text) => !text.includes('\0') && text !== '__proto__')
const document: fc.Arbitrary<Document> = fc.dictionary(name, value)

const encoded = (fields: Document): Buffer => Buffer.from(serialize(fields))

describe('Gateway - raw BSON', () => {
  it('finds the fields of any document in their order', () => {
    fc.assert(
      fc.property(document, (fields) => {
        expect(readFields(encoded(fields)).map((field) => field.name)).to.deep.equal(Object.keys(fields))
      }),
    )
  })

  it('leaves out fields and keeps the others as they were', () => {
    fc.assert(
      fc.property(document, fc.func(fc.boolean()), (fields, drops) => {
        const dropped = new Set(Object.keys(fields).filter((one) => drops(one)))
        const doc = encoded(fields)
        const kept = Object.fromEntries(Object.entries(fields).filter(([one]) => !dropped.has(one)))
        expect(withoutFields(doc, readFields(doc), dropped).equals(encoded(kept))).to.equal(true)
      }),
    )
  })

  it('puts documents into an array as an encoder would', () => {
    fc.assert(
      fc.property(fc.array(document), (documents) => {
        const made = wrapDocument([documentField('documents', TYPE.array, arrayOf(documents.map(encoded)))])
        expect(made.equals(encoded({ documents }))).to.equal(true)
      }),
    )
  })

  it('splits documents that follow each other', () => {
    fc.assert(
      fc.property(fc.array(document), (documents) => {
        const parts = documents.map(encoded)
        const split = splitDocuments(Buffer.concat(parts))
        expect(split.map((part) => part.toString('hex'))).to.deep.equal(parts.map((part) => part.toString('hex')))
      }),
    )
  })

  it('refuses any document that was cut or lengthened, and never reads past its end', () => {
    fc.assert(
      fc.property(document, fc.nat(), (fields, at) => {
        const doc = encoded(fields)
        expect(() => readFields(doc.subarray(0, at % doc.length))).to.throw(MalformedBson)
        expect(() => readFields(Buffer.concat([doc, Buffer.alloc(1 + (at % 9))]))).to.throw(MalformedBson)
      }),
    )
  })

  it('survives damaged bytes: it either reads fields inside the document or refuses', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.nat(255), (fields, at, byte) => {
        const doc = encoded({ ...fields, last: 'text' })
        doc[4 + (at % (doc.length - 4))] = byte
        try {
          for (const field of readFields(doc)) expect(field.end).to.be.lessThan(doc.length)
        } catch (error) {
          expect(error).to.be.instanceOf(MalformedBson)
        }
      }),
    )
  })

  it('keeps what a decoder reads', () => {
    const doc = encoded({ a: 1, lsid: { id: 2 }, b: 'x' })
    expect(deserialize(withoutFields(doc, readFields(doc), new Set(['lsid'])))).to.deep.equal({ a: 1, b: 'x' })
  })
})
