import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { actorFrom } from '../sign-in/find-actor.ts'
import { checkPassword, hashPassword } from '../sign-in/password-hash.ts'
import { passwordFault } from '../sign-in/password-rules.ts'
import type { SigningIn } from '../sign-in/session-data.ts'
import { completeSignIn, personSigningIn } from '../sign-in/sign-in.ts'
import { once } from '../staff/once.ts'
import type { Staff } from '../staff/staff.ts'
import { staffFact } from '../staff/staff-events.ts'
import type { OwnAccountServices } from './own-account.ts'
import { changeOwn, confirmPassword, ownRecord } from './own-account.ts'

/** The generation a session needs from now on. */
export interface NewGeneration {
  readonly generation: number
}

/**
 * Changes the own password. All other sessions end; the one that asked goes on with the new generation.
 *
 * @throws DomainError `password.wrong`, `password.same`, `password.<fault>` of `passwordFault`, `sign_in.locked`
 */
export async function changePassword(
  services: OwnAccountServices,
  input: { readonly password: string; readonly next: string; readonly address: string },
  by: By,
): Promise<NewGeneration> {
  const person = await confirmPassword(services, by, input)
  const hash = await hashOfNew(person, input.next)
  const changed = await services.inTransaction(once(by).by, async (tx) => {
    const now = await ownRecord(services, by, tx)
    const generation = now.generation + 1
    await changeOwn(services.staff, tx, now, { set: { password: { hash, setAt: tx.at }, generation } })
    tx.announce(staffFact('staff.password_changed', now._id))
    return { generation }
  })
  services.staff.forget(person.county)
  return changed
}

/**
 * The last step of a first sign-in: the one-time password is replaced by one that the person chooses.
 *
 * @throws DomainError `sign_in.too_slow`, `password.same`, `password.<fault>` of `passwordFault`
 */
export async function chooseFirstPassword(
  services: OwnAccountServices,
  input: { readonly signingIn: SigningIn; readonly next: string; readonly address: string },
): Promise<Staff> {
  const { signingIn, next, address } = input
  const person = await personSigningIn(services, signingIn)
  const hash = await hashOfNew(person, next)
  const key = `first-password/${newId()}`
  await services.inTransaction({ actor: actorFrom(person), key, bodyHash: key }, async (tx) => {
    const set = { password: { hash, setAt: tx.at }, generation: person.generation + 1 }
    await changeOwn(services.staff, tx, person, { set })
    tx.announce(staffFact('staff.password_changed', person._id, { first: true }))
    return {}
  })
  services.staff.forget(person.county)
  const signedIn = { ...person, generation: person.generation + 1 }
  await completeSignIn(services, signedIn, { account: signingIn.account, address })
  return signedIn
}

async function hashOfNew(person: Staff, next: string): Promise<string> {
  const fault = passwordFault(next, person.account)
  if (fault) throw new DomainError(`password.${fault}`, 'This password cannot be taken')
  if (await checkPassword(person.password.hash, next))
    throw new DomainError('password.same', 'The new password is the old one')
  return hashPassword(next)
}
