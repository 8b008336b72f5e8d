import type { StaffStore } from '../directory/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Policies } from '../policy/index.ts'
import { systemActor } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import type { CallRecord, CallState } from './call.ts'
import { callCanBecome, hotlineId } from './call.ts'
import type { CallStore } from './call-store.ts'

export interface FollowCallServices {
  readonly calls: CallStore
  readonly staff: StaffStore
  readonly vault: FieldVault
  readonly policies: Policies
  readonly inTransaction: InTransaction
}

/** First try of a callback after so many minutes. Source: hotline.ring_s; callback.try_min (5, 15, 60, then county duty). */
const FIRST_TRY = 0

/**
 * An operator answered. Reports come twice and late; the first one counts.
 *
 * @param account - whose line it was
 */
export async function markAnswered(
  services: FollowCallServices,
  county: string,
  sid: string,
  account: string,
): Promise<void> {
  const operator = (await services.staff.book(county)).all.find((person) => person.account === account)
  if (!operator) return
  await changeCall(services, county, sid, 'ANSWERED', (tx, found) => {
    tx.announce({
      stream: `call:${sid}`,
      type: 'call.answered',
      data: { callSid: sid, line: found.line, staffId: operator._id },
    })
    return Promise.resolve({ answeredBy: operator._id, answeredAt: tx.at })
  })
}

/** The call is over. If nobody had spoken with the caller, a callback is owed from this moment, with an owner and a clock. */
export async function markEnded(services: FollowCallServices, county: string, sid: string): Promise<void> {
  await changeCall(services, county, sid, 'ENDED', async (tx, found) => {
    const isMissed = found.answeredBy === undefined
    tx.announce({
      stream: `call:${sid}`,
      type: isMissed ? 'call.missed' : 'call.ended',
      data: { callSid: sid, line: found.line },
    })
    if (isMissed && found.from) await oweCallback(services, tx, found)
    return { endedAt: tx.at }
  })
}

async function changeCall(
  { calls, inTransaction }: FollowCallServices,
  county: string,
  sid: string,
  state: CallState,
  change: (tx: Tx, found: CallRecord) => Promise<Partial<CallRecord>>,
): Promise<void> {
  const key = `call/${sid}/${state}`
  await inTransaction({ actor: systemActor(county), key, bodyHash: key }, async (tx) => {
    const found = await calls.find(county, sid, tx.session)
    if (!found || !callCanBecome(found.state, state)) return { changed: false }
    await calls.save(tx, found, { ...found, ...(await change(tx, found)), state })
    return { changed: true }
  })
}

async function oweCallback(services: FollowCallServices, tx: Tx, call: CallRecord): Promise<void> {
  const place = { collection: 'calls', field: 'from', record: call._id }
  const phone = call.from ? services.vault.open(call.from, place) : ''
  await insertCallback(services, tx, { line: call.line, phone, reason: 'missed', callSid: call.sid })
}

/** Writes down that somebody must be called back: due by the county's rule, owed by whoever leads the line. */
export async function insertCallback(
  services: FollowCallServices,
  tx: Tx,
  owed: {
    readonly line: string
    readonly phone: string
    readonly reason: 'missed' | 'text'
    readonly text?: string
    readonly callSid?: string
  },
): Promise<void> {
  const id = newId()
  const record = hotlineId(tx.county, id)
  const seal = (field: string, value: string) => services.vault.seal(value, { collection: 'callbacks', field, record })
  const policy = await services.policies.at({ scope: tx.county, at: tx.at })
  const minutes = policy.value('callback.try_min')[FIRST_TRY] ?? 0
  const book = await services.staff.book(tx.county)
  const [owner] = [
    ...book.holders('operator', owed.line, tx.at),
    ...book.holders('hotline_supervisor', owed.line, tx.at),
  ]
  await services.calls.insertCallback(tx, {
    _id: record,
    county: tx.county,
    id,
    version: 1,
    line: owed.line,
    phone: seal('phone', owed.phone),
    reason: owed.reason,
    ...(owed.text ? { text: seal('text', owed.text) } : {}),
    ...(owed.callSid ? { callSid: owed.callSid } : {}),
    state: 'OPEN',
    staffId: owner?._id ?? 'nobody',
    createdAt: tx.at,
    dueAt: new Date(tx.at.getTime() + minutes * 60_000),
  })
  tx.announce({
    stream: `callback:${id}`,
    type: 'callback.owed',
    isFirst: true,
    data: { callbackId: id, line: owed.line, reason: owed.reason, staffId: owner?._id },
  })
}
