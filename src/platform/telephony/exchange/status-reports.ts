import type { Leg } from './leg.ts'
import type { Switchboard } from './switchboard.ts'
import { endParams, rfc2822, voiceParams } from './voice-params.ts'

/** Longest a report ordered "out of order" waits for the one it shall come after. Milliseconds. */
const HELD_MS = 2_000

/**
 * Reports a moment of a leg to whoever wants to know: in order, each after the one before has arrived or failed.
 *
 * The parameters are those of this moment, also when the report goes out later.
 */
export function report(x: Switchboard, leg: Leg, event: 'initiated' | 'ringing' | 'answered' | 'completed'): void {
  const { reports } = leg
  if (reports?.events.includes(event) !== true) return
  const params = {
    ...voiceParams(x, leg),
    CallbackSource: 'call-progress-events',
    Timestamp: rfc2822(x.clock.now()),
    SequenceNumber: String(leg.reportNo++),
    ...(event === 'completed' ? endParams(leg) : {}),
  }
  const send = async () => {
    await x.webhooks.send({ kind: 'status', address: reports, params }).catch((error: unknown) => {
      x.log.warn({ callSid: leg.facts.sid, event, error: String(error) }, 'Status report did not arrive')
    })
  }
  leg.lastReport = leg.lastReport.then(() => inOrderOrNot(x, leg, reports.url, send))
}

async function inOrderOrNot(x: Switchboard, leg: Leg, url: string, send: () => Promise<void>): Promise<void> {
  if (leg.heldReport === undefined && x.faults.take(['out_of_order'], 'status', url) !== undefined) {
    leg.heldReport = send
    setTimeout(() => void release(leg, send), HELD_MS).unref()
    return
  }
  await send()
  if (leg.heldReport !== undefined) await release(leg, leg.heldReport)
}

async function release(leg: Leg, held: () => Promise<void>): Promise<void> {
  if (leg.heldReport !== held) return
  leg.heldReport = undefined
  await held()
}
