import { resolve } from './fetch-document.ts'
import type { Scene } from './scene.ts'
import { newSid } from './sid.ts'
import type { Address } from './verb.ts'
import type { Params } from './voice-params.ts'

/** Pace of speech for the length of a recording. Characters per second. */
const CHARACTERS_PER_SECOND = 4

/** How long a spoken message takes. Whole seconds, at least one. */
export function spokenSeconds(text: string): number {
  return Math.max(1, Math.ceil(Array.from(text).length / CHARACTERS_PER_SECOND))
}

/**
 * Keeps a recording and reports it to whoever wants to know.
 *
 * @returns what an `action` is told of it
 */
export function keepRecording(scene: Scene, seconds: number, reports: Address | undefined, source: string): Params {
  const { x, leg } = scene
  const sid = newSid('RE')
  x.recordings.put({ sid, callSid: leg.facts.sid, createdAt: x.clock.now(), seconds })
  const told = {
    RecordingSid: sid,
    RecordingUrl: `${x.ownUrl()}/2010-04-01/Accounts/${x.accountSid}/Recordings/${sid}`,
    RecordingDuration: String(seconds),
  }
  if (reports !== undefined) {
    const address = resolve(scene.source, leg, reports)
    const params = {
      ...told,
      AccountSid: x.accountSid,
      CallSid: leg.facts.sid,
      RecordingStatus: 'completed',
      RecordingChannels: '1',
      RecordingSource: source,
    }
    x.webhooks.send({ kind: 'recording', address, params }).catch((error: unknown) => {
      x.log.warn({ recordingSid: sid, error: String(error) }, 'Recording could not be reported')
    })
  }
  return told
}
