import { WITHHELD } from '../dialable.ts'
import { connectedSeconds } from './call-facts.ts'
import type { Leg } from './leg.ts'
import type { Switchboard } from './switchboard.ts'
import type { QueueEntry } from './waiting-queues.ts'

export type Params = Record<string, string>

/** The number networks put in place of a withheld caller: ANONYMOUS on the key pad. */
const ANONYMOUS_NUMBER = '+266696687'

/** A party as Twilio writes it. */
export function asParty(number: string): string {
  return number === WITHHELD ? ANONYMOUS_NUMBER : number
}

/** What every voice webhook of this leg tells. */
export function voiceParams(x: Switchboard, { facts }: Leg): Params {
  const [from, to] = [asParty(facts.from), asParty(facts.to)]
  return {
    AccountSid: x.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: facts.sid,
    CallStatus: facts.status,
    Called: to,
    Caller: from,
    Direction: facts.direction,
    From: from,
    To: to,
    ...(from.startsWith('+86') ? { FromCountry: 'CN', CallerCountry: 'CN' } : {}),
    ...(to.startsWith('+86') ? { ToCountry: 'CN', CalledCountry: 'CN' } : {}),
    ...(facts.parentSid === undefined ? {} : { ParentCallSid: facts.parentSid }),
  }
}

/** What a `waitUrl` and the `action` of an `enqueue` tell about the queue. */
export function queueParams(x: Switchboard, entry: QueueEntry): Params {
  const { queue } = entry
  const average = queue.waits.reduce((sum, seconds) => sum + seconds, 0) / Math.max(queue.waits.length, 1)
  return {
    QueueSid: queue.sid,
    QueuePosition: String(queue.entries.indexOf(entry) + 1),
    QueueTime: queueSeconds(x, entry),
    AvgQueueTime: String(Math.round(average)),
    CurrentQueueSize: String(queue.entries.length),
  }
}

/** How long a caller has waited. Whole seconds. */
export function queueSeconds(x: Switchboard, { since }: QueueEntry): string {
  return String(Math.floor((x.clock.now().getTime() - since.getTime()) / 1_000))
}

/** What the end of a call adds to its last report. */
export function endParams({ facts }: Leg): Params {
  const seconds = connectedSeconds(facts)
  return { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) }
}

/** A moment as Twilio writes it: RFC 2822, in UTC. */
export function rfc2822(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000')
}
