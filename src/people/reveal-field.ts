import type { InTransaction, Tx } from '../journal/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { By } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import { actOnPerson, requireMay } from './act-on-person.ts'
import type { LookReason } from './look.ts'
import type { BankAccount, PersonPhone, PersonRecord, SealedField } from './person.ts'
import { personAge } from './person-age.ts'
import { announcePerson } from './person-events.ts'
import { openDetails } from './person-fields.ts'
import { revealAction } from './person-permissions.ts'
import type { PersonStore } from './person-store.ts'

interface RevealServices {
  readonly people: PersonStore
  readonly vault: FieldVault
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** One look behind one mask. */
export interface RevealRequest {
  readonly personId: string
  readonly field: SealedField
  readonly reason: LookReason
  /** Why, when the reason is `other`. Kept sealed; never in the journal. */
  readonly words?: string | undefined
  /** That a guardian agreed, for somebody under 14. */
  readonly guardianConsent?: boolean | undefined
}

/** The value, for the eyes of whoever asked. Not to be stored or logged. */
export interface RevealedField {
  readonly personId: string
  readonly field: SealedField
  readonly value: string | readonly PersonPhone[] | BankAccount
}

/** Reasons for which no guardian has to be asked. Source: Personal Information Protection Law, art. 13 (4). */
const WITHOUT_CONSENT: ReadonlySet<LookReason> = new Set(['protect_life'])

/**
 * Shows one field behind its mask, for a reason that goes on record before the value is read.
 *
 * Every look is a line of its own in the person's stream, a repeated request too; so the idempotency record never holds a value, and no value is
 * ever given out on the strength of an earlier look.
 *
 * @throws DomainError `person.not_found`, `person.not_yours`, `person.erased`, `person.field_unknown`, `person.reason_missing`, `person.guardian_consent_missing`
 */
export async function revealField(services: RevealServices, look: RevealRequest, by: By): Promise<RevealedField> {
  const { personId, field } = look
  if (look.reason === 'other' && !look.words?.trim()) {
    throw new DomainError('person.reason_missing', 'Say in a few words why this has to be seen')
  }
  const everyLook = { ...by, key: `${by.key}/${newId()}` }
  await actOnPerson(services, revealAction(field), { personId }, everyLook, async (tx, person) => {
    requireMayReveal(services, person, look, by)
    const lookId = await keepWords(services, tx, look)
    const { reason, guardianConsent } = look
    announcePerson(tx, personId, 'person.revealed', { fields: [field], reason, lookId, guardianConsent })
    return {}
  })
  return { personId, field, value: await readField(services, look, by) }
}

/** Beyond the field's own permission: under 18 a further one, under 14 also a guardian's consent. */
function requireMayReveal(
  { vault, clock }: RevealServices,
  person: PersonRecord,
  { field, reason, guardianConsent }: RevealRequest,
  by: By,
): void {
  if (person.sealed[field] === undefined) {
    throw new DomainError('person.field_unknown', 'This is not known of the person', { field })
  }
  const age = personAge(openDetails(vault, person, ['identityNumber', 'birth']), clock.now())
  if (age.isUnder18) requireMay('person.reveal_minor', person, by)
  if (age.isUnder14 && !guardianConsent && !WITHOUT_CONSENT.has(reason)) {
    throw new DomainError(
      'person.guardian_consent_missing',
      'Under 14 a guardian has to agree, unless life is in danger',
    )
  }
}

/** Words may name people: they are sealed in a record of their own, and the journal names only its id. */
async function keepWords(
  { people, vault }: RevealServices,
  tx: Tx,
  { personId, field, words }: RevealRequest,
): Promise<string | undefined> {
  if (!words?.trim()) return undefined
  const lookId = newId()
  const sealed = vault.seal(words.trim(), { collection: 'looks', field: 'words', record: lookId })
  const { staffId } = tx.by.actor
  await people.addLook(tx, { _id: lookId, county: tx.county, personId, staffId, at: tx.at, field, words: sealed })
  return lookId
}

async function readField(
  { people, vault }: RevealServices,
  { personId, field }: RevealRequest,
  by: By,
): Promise<RevealedField['value']> {
  const person = await people.find(by.actor.county, personId)
  const value = person ? openDetails(vault, person, [field])[field] : undefined
  if (value === undefined) throw new DomainError('person.field_unknown', 'This is not known of the person', { field })
  return value
}
