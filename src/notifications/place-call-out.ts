import { isDuplicateKeyIn } from '../journal/index.ts'
import type { Telephony } from '../platform/telephony/index.ts'
import { say, toDialable, twiml } from '../platform/telephony/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { NoticeRecord } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'

export interface PlaceCallOutServices {
  readonly notices: NoticeStore
  readonly telephony: Telephony
  readonly clock: Clock
}

/** What is dialled and said. */
export interface CallOut {
  readonly to: string
  readonly text: string
  /** Our number that is shown; the account's own without. */
  readonly from?: string
}

/** Calls that fail before anything rings are no calls. */
const NEVER_RANG: readonly string[] = ['failed', 'canceled']

/**
 * Rings somebody and reads a notice out, twice. However often the job runs and wherever it breaks off, one notice rings one time.
 *
 * The notice is taken on before it is dialled. Whoever finds it taken on does not know whether the phone has rung: the exchange's own list of
 * calls tells, and a call that no other notice has is this one's.
 *
 * @throws TelephonyError when the exchange cannot be reached; the queue tries again
 */
export async function placeCallOut(
  services: PlaceCallOutServices,
  notice: NoticeRecord,
  callOut: CallOut,
): Promise<void> {
  const { notices, telephony } = services
  const isFirst = await notices.beginDialling(notice.county, notice.id)
  if (!isFirst && (await settleWithEarlier(services, notice, callOut))) return
  const { to, from, text } = callOut
  const { sid } = await telephony.placeCall({
    to,
    instructions: { twiml: twiml(say('zh', text), say('zh', text)) },
    ...(from === undefined ? {} : { from }),
  })
  if (!(await settle(services, notice, sid)))
    throw new Error('Another notice took this call for its own; looking again')
}

/** Finds the call of an attempt whose outcome was lost. False when there was none: the phone has not rung. */
async function settleWithEarlier(
  services: PlaceCallOutServices,
  notice: NoticeRecord,
  { to }: CallOut,
): Promise<boolean> {
  const { notices, telephony } = services
  const placed = await telephony.listCalls({ since: wholeSecond(notice.createdAt), to })
  const mine = placed.filter(
    (call) => call.direction === 'outbound-api' && call.to === toDialable(to) && !NEVER_RANG.includes(call.status),
  )
  const known = await notices.knownCalls(
    notice.county,
    mine.map(({ sid }) => sid),
  )
  for (const { sid } of mine) if (!known.has(sid) && (await settle(services, notice, sid))) return true
  return false
}

/** False when another notice was faster to take that call for its own. */
async function settle(
  { notices, clock }: PlaceCallOutServices,
  { county, id }: NoticeRecord,
  sid: string,
): Promise<boolean> {
  try {
    return await notices.settle(county, id, 'SENT', clock.now(), sid)
  } catch (error) {
    if (!isDuplicateKeyIn(error, 'notices')) throw error
    return false
  }
}

/** The exchange keeps times to the second. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000)
}
