import type { ExchangeControl } from '../../src/platform/telephony/exchange/control-client.ts'
import type { CallView } from '../../src/platform/telephony/exchange/control-shapes.ts'

const SIGNS = { heard: '听到 hears ', said: '说　 says  ', pressed: '按键 presses', noted: '　　 ·     ' } as const
/** Longest wait for the next line. Milliseconds. */
const POLL_MS = 20_000

/**
 * Writes what the caller hears, says and presses, line by line as it happens, until the call is over.
 *
 * @returns the call as it ended
 */
export async function showCall(
  control: ExchangeControl,
  sid: string,
  write: (line: string) => void,
): Promise<CallView> {
  let shown = 0
  for (let after = -1; ;) {
    const view = await control.watchCall(sid, { after, waitMs: POLL_MS })
    for (const line of view.transcript.filter(({ no }) => no > shown)) {
      const from = line.from === undefined || line.from === 'exchange' ? '' : `${line.from}: `
      write(`${line.at.toLocaleTimeString('zh-CN', { hour12: false })}  ${SIGNS[line.kind]}  ${from}${line.text}`)
      shown = line.no
    }
    if (view.endedAt !== undefined) return view
    after = view.version
  }
}
