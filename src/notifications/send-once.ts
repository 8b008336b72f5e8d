import { isDuplicateKeyIn } from '../journal/index.ts'
import type { Telephony } from '../platform/telephony/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { NoticeRecord } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'

export interface SendOnceServices {
  readonly notices: NoticeStore
  readonly telephony: Telephony
  readonly clock: Clock
}

/** What is texted or read out, and to whom. */
export interface Message {
  readonly to: string
  readonly text: string
  /** Our number that is shown; the account's own without. */
  readonly from?: string
}

/** How something is sent, and what the exchange has that may be an earlier attempt of it. Ids of the exchange. */
export interface AtExchange {
  send(): Promise<string>
  alike(since: Date): Promise<readonly string[]>
}

/**
 * Sends a notice once, however often the job runs and wherever it breaks off.
 *
 * The exchange takes no key of ours, so a notice is taken on before it is sent and keeps the exchange's id afterwards. Whoever finds it taken on
 * does not know whether it went out: what the exchange has alike and no other notice claims is this one's. Of two notices with the same words
 * to the same number neither swallows the other.
 *
 * @throws TelephonyError when the exchange cannot be reached; the queue tries again
 */
export async function sendOnce(services: SendOnceServices, notice: NoticeRecord, exchange: AtExchange): Promise<void> {
  const isFirst = await services.notices.beginSending(notice.county, notice.id)
  if (!isFirst && (await claimEarlier(services, notice, exchange))) return
  if (!(await claim(services, notice, await exchange.send())))
    throw new Error('Another notice took what was sent for its own; looking again')
}

/** Finds the attempt whose outcome was lost. False when there was none: nothing went out. */
async function claimEarlier(services: SendOnceServices, notice: NoticeRecord, exchange: AtExchange): Promise<boolean> {
  const alike = await exchange.alike(wholeSecond(notice.createdAt))
  const known = await services.notices.knownSids(notice.county, alike)
  for (const sid of alike) if (!known.has(sid) && (await claim(services, notice, sid))) return true
  return false
}

/** False when another notice was faster to take it for its own. */
async function claim(
  { notices, clock }: SendOnceServices,
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
