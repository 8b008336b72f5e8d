import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { beginAttempt } from '../sign-in/sign-in.ts'
import { spendCode } from '../sign-in/sign-in-totp.ts'
import { newTotpSecret, openTotpSecret, sealTotpSecret, totpStepOf, totpUri } from '../sign-in/totp.ts'
import { once } from '../staff/once.ts'
import { staffFact } from '../staff/staff-events.ts'
import type { OwnAccountServices } from './own-account.ts'
import { changeOwn, confirmPassword, ownRecord, provedRight } from './own-account.ts'

/** What an authenticator has to be told. Shown to its owner only, and kept sealed. */
export interface TotpSetup {
  readonly secret: string
  /** For the QR code. */
  readonly uri: string
}

/**
 * Begins to set up a second factor. It counts from the first right code on.
 *
 * @throws DomainError `password.wrong`, `sign_in.locked`, `totp.on` when one is in use already
 */
export async function startTotp(
  services: OwnAccountServices,
  proof: { readonly password: string; readonly address: string },
  by: By,
): Promise<TotpSetup> {
  const { staff, vault, inTransaction } = services
  const { _id } = await confirmPassword(services, by, proof)
  const pending = sealTotpSecret(vault, _id, newTotpSecret())
  await inTransaction(once(by).by, async (tx) => {
    const person = await ownRecord(services, by, tx)
    if (person.totp) throw new DomainError('totp.on', 'A second factor is in use already')
    await changeOwn(staff, tx, person, { set: { totpPending: { secret: pending, since: tx.at } } })
    return {}
  })
  const setup = await pendingTotp(services, by)
  if (!setup) throw new DomainError('totp.not_started', 'Begin again')
  return setup
}

/** The second factor that is being set up, to show its code again; undefined when none is. */
export async function pendingTotp(
  services: Pick<OwnAccountServices, 'staff' | 'vault'>,
  by: Pick<By, 'actor'>,
): Promise<TotpSetup | undefined> {
  const { _id, account, totpPending } = await ownRecord(services, by)
  if (!totpPending) return undefined
  const secret = openTotpSecret(services.vault, _id, totpPending.secret)
  return { secret, uri: totpUri(account, secret) }
}

/**
 * Puts the second factor into use with its first code. That code cannot be used again.
 *
 * @throws DomainError `totp.not_started`, `totp.wrong`, `sign_in.locked`
 */
export async function confirmTotp(
  services: OwnAccountServices,
  proof: { readonly code: string; readonly address: string },
  by: By,
): Promise<{ readonly secondFactor: true }> {
  const { staff, vault, inTransaction } = services
  const { account } = await ownRecord(services, by)
  await beginAttempt(services, { account, address: proof.address })
  const on = await inTransaction(once(by).by, async (tx) => {
    const person = await ownRecord(services, by, tx)
    if (!person.totpPending) throw new DomainError('totp.not_started', 'Begin again')
    const { secret } = person.totpPending
    const lastStep = await totpStepOf(openTotpSecret(vault, person._id, secret), proof.code, tx.at, 0)
    if (lastStep === undefined) throw new DomainError('totp.wrong', 'The code is not right')
    await changeOwn(staff, tx, person, { set: { totp: { secret, since: tx.at, lastStep } }, unset: ['totpPending'] })
    tx.announce(staffFact('staff.totp_on', person._id))
    return { secondFactor: true as const }
  })
  await provedRight(services, { account, address: proof.address })
  return on
}

/**
 * Takes the second factor out of use, with a code of it. Who lost it needs two administrators.
 *
 * @throws DomainError `totp.off`, `totp.wrong`, `sign_in.locked`
 */
export async function removeTotp(
  services: OwnAccountServices,
  proof: { readonly code: string; readonly address: string },
  by: By,
): Promise<{ readonly secondFactor: false }> {
  const { staff, inTransaction } = services
  const person = await ownRecord(services, by)
  if (!person.totp) throw new DomainError('totp.off', 'No second factor is in use')
  const attempt = { account: person.account, address: proof.address }
  await beginAttempt(services, attempt)
  if (!(await spendCode(services, person, proof.code))) throw new DomainError('totp.wrong', 'The code is not right')
  const off = await inTransaction(once(by).by, async (tx) => {
    const now = await ownRecord(services, by, tx)
    await changeOwn(staff, tx, now, { unset: ['totp'] })
    tx.announce(staffFact('staff.totp_off', now._id))
    return { secondFactor: false as const }
  })
  await provedRight(services, attempt)
  return off
}
