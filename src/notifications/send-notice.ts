import type { CaseRecord, CaseStore } from '../cases/index.ts'
import type { HotlineStore, StaffStore, UnitStore } from '../directory/index.ts'
import { isValidAt } from '../directory/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Telephony } from '../platform/telephony/index.ts'
import type { Language, Presenter } from '../platform/views/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { NoticeRecord } from './notice.ts'
import type { NoticeStore } from './notice-store.ts'
import { noticeText } from './notice-text.ts'
import { placeCallOut } from './place-call-out.ts'
import { sendText } from './send-text.ts'

export interface SendNoticeServices {
  readonly notices: NoticeStore
  readonly cases: CaseStore
  readonly units: UnitStore
  readonly hotlines: HotlineStore
  readonly vault: FieldVault
  readonly telephony: Telephony
  readonly clock: Clock
  readonly staff: StaffStore
  readonly presenterIn: (language: Language) => Presenter
}

/**
 * Sends a notice that waits: a text, or a call that reads it out. A job that runs twice sends once: the exchange is asked first what it has.
 *
 * A call-out is skipped when the case was seen or taken meanwhile; a notice without a number to send to is skipped and stays on record.
 *
 * @throws TelephonyError when the exchange cannot be reached; the queue tries again
 */
export async function sendNotice(
  services: SendNoticeServices,
  { county, id }: { county: string; id: string },
): Promise<void> {
  const { notices, cases, clock } = services
  const notice = await notices.find(county, id)
  if (notice?.state !== 'PENDING' && notice?.state !== 'SENDING') return
  const found = notice.caseNo === undefined ? null : await cases.find(county, notice.caseNo)
  const number = await numberFor(services, notice, found)
  if (!number || (found && isNeedless(notice, found))) {
    await notices.settle(county, id, 'SKIPPED', clock.now())
    return
  }
  const text = await wordsOf(services, notice)
  const from = await hotlineOf(services, county)
  const message = { to: number, text, ...(from === undefined ? {} : { from }) }
  await (notice.medium === 'text' ? sendText : placeCallOut)(services, notice, message)
}

/** Whoever is told something sees the hotline they can call back; without one, the number of the exchange's account. */
async function hotlineOf({ hotlines, clock }: SendNoticeServices, county: string): Promise<string | undefined> {
  const lines = await hotlines.list(county)
  return lines.find((line) => isValidAt(line, clock.now()))?.number
}

/** Staff read texts in their own language; what is read out to whoever picks up is Chinese, and so is what callers get. */
async function wordsOf({ staff, units, presenterIn }: SendNoticeServices, notice: NoticeRecord): Promise<string> {
  const { county, medium, to } = notice
  const reader = medium === 'text' ? (await staff.book(county)).get(to) : undefined
  const { nameOf } = await units.book(county)
  return noticeText(notice, presenterIn(reader?.language ?? 'zh-CN'), nameOf)
}

async function numberFor(
  { units, vault }: SendNoticeServices,
  notice: NoticeRecord,
  found: CaseRecord | null,
): Promise<string | undefined> {
  if (notice.to !== 'caller') return (await units.book(notice.county)).get(notice.unit ?? '')?.phone
  const contactPhone = found?.contactPhone
  return contactPhone && vault.open(contactPhone, { collection: 'cases', field: 'contactPhone', record: found._id })
}

/** Nobody is called out for a case that was seen, taken or handed on. What was begun is brought to its end. */
function isNeedless({ kind, medium, to, state, seenAt }: NoticeRecord, found: CaseRecord): boolean {
  if (kind !== 'case_for_you' || medium !== 'call' || state === 'SENDING') return false
  return seenAt !== undefined || found.state !== 'ROUTED' || found.responsible.staffId !== to
}
