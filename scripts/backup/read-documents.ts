import { createReadStream } from 'node:fs'
import { deserialize } from 'bson'
import type { Document } from 'bson'

/** Documents written at a time, and their size. Bytes. */
const BATCH = 1_000
const BATCH_BYTES = 8_000_000

/** Every type stays as it was: an int32 is not made a double, a date keeps its milliseconds. */
const EXACT = { promoteValues: false, promoteBuffers: false, promoteLongs: false, bsonRegExp: true } as const

/** Documents of a file of BSON, in batches. @throws Error when the file ends inside a document */
export async function* readDocuments(file: string): AsyncGenerator<Document[]> {
  let batch: Document[] = []
  let bytes = 0
  for await (const document of cut(file)) {
    batch.push(deserialize(document, EXACT))
    bytes += document.length
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

async function* cut(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let at = 0
    while (rest.length - at >= 4 && rest.length - at >= rest.readInt32LE(at)) {
      const end = at + rest.readInt32LE(at)
      yield rest.subarray(at, end)
      at = end
    }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) throw new Error(`${file} ends inside a document`)
}
