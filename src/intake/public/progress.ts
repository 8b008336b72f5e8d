import { timingSafeEqual } from 'node:crypto'
import type { CaseRecord, CaseStore } from '../../cases/index.ts'
import type { LockOut, UnitStore } from '../../directory/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { parsePhone } from '../../shared/phone.ts'
import type { IntakeStore } from '../intake-store.ts'

export interface ProgressServices {
  readonly intakes: IntakeStore
  readonly cases: CaseStore
  readonly units: UnitStore
  readonly vault: FieldVault
  readonly lockOut: LockOut
}

/** How far a request is, in words that tell whoever asked and nobody else: no place, no story, no person, no sum. */
export type ProgressStep = 'noted' | 'looking_for_place' | 'waiting' | 'taken' | 'being_helped' | 'closed'

export interface Progress {
  readonly no: string
  readonly step: ProgressStep
  /** Who has it now, short name. */
  readonly unit: string
  /** Its public duty phone. */
  readonly phone?: string
}

interface Asked {
  readonly county: string
  /** Number of the request or of its case, 12 digits. */
  readonly no: string
  /** Last four digits of the phone that was given. */
  readonly suffix: string
  /** Network address of whoever asks. */
  readonly address: string
}

/**
 * How far a request is, for whoever knows its number and the end of the phone it was made with.
 *
 * Guessing is slowed down as at sign-in: five tries a number, thirty an address. A wrong number and a wrong phone are answered alike.
 *
 * @throws DomainError `progress.not_found`, `progress.too_many_tries` with `until`
 */
export async function progressOf(services: ProgressServices, asked: Asked): Promise<Progress> {
  const { county, no, suffix, address } = asked
  const attempt = { account: `progress:${county}:${no}`, address }
  const until = await services.lockOut.begin(attempt)
  if (until) throw new DomainError('progress.too_many_tries', 'Too many tries', { until: until.toISOString() })
  const found = await findRequest(services, county, no)
  if (!found || !endsWith(found.phone, suffix)) throw new DomainError('progress.not_found', 'Nothing fits')
  await services.lockOut.passed(attempt)
  await services.lockOut.unlock(attempt.account)
  const book = await services.units.book(county)
  const unit = book.get(found.held?.unit ?? county)
  return {
    no,
    step: found.held ? stepOf(found.held) : 'noted',
    unit: unit?.shortName ?? county,
    ...(unit?.phone === undefined ? {} : { phone: unit.phone }),
  }
}

interface FoundRequest {
  readonly phone: string
  readonly held?: CaseRecord
}

/** A request by its own number, or the case that came of one. */
async function findRequest(
  { intakes, cases, vault }: ProgressServices,
  county: string,
  no: string,
): Promise<FoundRequest | undefined> {
  const intake = await intakes.find(county, no)
  if (intake) {
    const held = intake.caseNo === undefined ? null : await cases.find(county, intake.caseNo)
    const place = { collection: 'intakes', field: 'phone', record: intake._id }
    return { phone: intake.phone ? vault.open(intake.phone, place) : '', ...(held ? { held } : {}) }
  }
  const held = await cases.find(county, no)
  if (!held) return undefined
  const place = { collection: 'cases', field: 'contactPhone', record: held._id }
  return { phone: held.contactPhone ? vault.open(held.contactPhone, place) : '', held }
}

/** Compares in the same time whatever the digits are. */
function endsWith(phone: string, suffix: string): boolean {
  const end = (parsePhone(phone)?.number ?? '').slice(-4)
  return end.length === 4 && timingSafeEqual(Buffer.from(end), Buffer.from(suffix))
}

function stepOf({ state, acknowledgedBy, aid }: CaseRecord): ProgressStep {
  if (['FED_BACK', 'CLOSED', 'REFUSED', 'WITHDRAWN', 'MERGED'].includes(state)) return 'closed'
  if (state === 'RECEIVED') return 'looking_for_place'
  if (acknowledgedBy === undefined) return 'waiting'
  return aid.paidFen > 0 ? 'being_helped' : 'taken'
}
