import { MAX_MESSAGE_BYTES } from './messages.ts'
import { MalformedBson } from './raw-bson.ts'

/** Cuts a stream of bytes into whole messages. */
export interface Framing {
  /**
   * Takes bytes and gives the messages that are now whole.
   *
   * @throws MalformedBson when a message says it is larger than allowed or smaller than its header
   */
  take(chunk: Buffer): Buffer[]
}

const HEADER_BYTES = 16

/** A fresh framing for one connection. Bytes are copied once per message, however many chunks it came in. */
export function createFraming(): Framing {
  let chunks: Buffer[] = []
  let held = 0
  let wanted = 0

  return {
    take(chunk) {
      const messages: Buffer[] = []
      chunks.push(chunk)
      held += chunk.length
      while (held >= Math.max(wanted, 4)) {
        if (wanted === 0) wanted = lengthOf(joined())
        if (held < wanted) break
        const bytes = joined()
        messages.push(bytes.subarray(0, wanted))
        keep(bytes.subarray(wanted))
      }
      return messages
    },
  }

  function joined(): Buffer {
    const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
    if (!bytes) return Buffer.alloc(0)
    chunks = [bytes]
    return bytes
  }

  function keep(rest: Buffer): void {
    chunks = rest.length > 0 ? [rest] : []
    held = rest.length
    wanted = 0
  }
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readInt32LE(0)
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new MalformedBson(`message of ${length} bytes`)
  return length
}
