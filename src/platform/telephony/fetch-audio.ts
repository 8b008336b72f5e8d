import { TelephonyError } from './telephony-error.ts'
import type { RecordedAudio } from './telephony.ts'

/** Largest recording taken over. Bytes; ten minutes of telephone sound are 10 MB. */
const MAX_BYTES = 20 * 1024 * 1024

export interface AudioSource {
  readonly origin: string
  readonly accountSid: string
  readonly authToken: string
  readonly timeoutMs: number
}

/**
 * Fetches a recording's sound from the exchange.
 *
 * The address is built from the recording's id, never taken from a webhook, so that nobody can make us fetch elsewhere.
 *
 * @throws TelephonyError
 */
export async function fetchAudio(source: AudioSource, sid: string): Promise<RecordedAudio> {
  const address = `${source.origin}/2010-04-01/Accounts/${source.accountSid}/Recordings/${encodeURIComponent(sid)}.wav`
  const credentials = Buffer.from(`${source.accountSid}:${source.authToken}`).toString('base64')
  const answer = await fetch(address, {
    headers: { authorization: `Basic ${credentials}` },
    signal: AbortSignal.timeout(source.timeoutMs),
  })
  if (answer.status === 404) throw new TelephonyError('refused', 20404, 'No such recording')
  if (!answer.ok || answer.body === null) {
    throw new TelephonyError('unavailable', 0, `The exchange answered ${answer.status} for a recording`)
  }
  const contentType = answer.headers.get('content-type') ?? 'audio/wav'
  return { contentType, audio: await readBounded(answer.body) }
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_BYTES) throw new TelephonyError('refused', 0, 'The recording is larger than 20 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
