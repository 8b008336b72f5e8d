import type { InTransaction } from '../../journal/index.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Staff } from '../staff/staff.ts'
import { staffFact } from '../staff/staff-events.ts'
import type { StaffStore } from '../staff/staff-store.ts'
import { isValidAt } from '../validity.ts'
import { actorFrom } from './find-actor.ts'
import type { LockOut, SignInAttempt } from './lock-out.ts'
import { checkPassword } from './password-hash.ts'
import type { SigningIn } from './session-data.ts'
import { SIGNING_IN_MS } from './session-data.ts'

export interface SignInServices {
  readonly staff: StaffStore
  readonly lockOut: LockOut
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** How far somebody got: signed in, or with something still to do. */
export interface SignInStep {
  readonly person: Staff
  /** `undefined` when nothing is left to do. */
  readonly need: SigningIn['need'] | undefined
}

/**
 * Looks at an account and its password.
 *
 * No such account, one that ended and a wrong password are told apart by nobody: same words, same work.
 *
 * @throws DomainError `sign_in.refused`, `sign_in.locked` {minutes}, `sign_in.one_time_over` when a one-time password was right but too old
 */
export async function signIn(
  services: SignInServices,
  input: SignInAttempt & { readonly password: string },
): Promise<SignInStep> {
  const { staff, clock } = services
  await beginAttempt(services, input)
  const found = await staff.findByAccount(input.account)
  const person = found && isValidAt(found, clock.now()) ? found : undefined
  const isRight = await checkPassword(person?.password.hash, input.password)
  if (!person || !isRight) throw new DomainError('sign_in.refused', 'Account or password is wrong')
  await services.lockOut.passed(input)
  const { oneTimeUntil } = person.password
  if (oneTimeUntil && oneTimeUntil <= clock.now())
    throw new DomainError('sign_in.one_time_over', 'The one-time password has expired')
  if (person.totp) return { person, need: 'totp' }
  return afterSecondFactor(services, person, input)
}

/**
 * Counts an attempt for an account and an address.
 *
 * @throws DomainError `sign_in.locked` with the minutes left, rounded up
 */
export async function beginAttempt(
  { lockOut, clock }: Pick<SignInServices, 'lockOut' | 'clock'>,
  attempt: SignInAttempt,
): Promise<void> {
  const until = await lockOut.begin(attempt)
  if (!until) return
  const leftMs = until.getTime() - clock.now().getTime()
  throw new DomainError('sign_in.locked', 'Too many attempts', { minutes: Math.ceil(leftMs / 60_000) })
}

/** What comes after password and second factor: a one-time password has to be changed first, everybody else is in. */
export async function afterSecondFactor(
  services: SignInServices,
  person: Staff,
  attempt: SignInAttempt,
): Promise<SignInStep> {
  if (person.password.oneTimeUntil) return { person, need: 'new_password' }
  await completeSignIn(services, person, attempt)
  return { person, need: undefined }
}

/** Records a sign-in that went through to the end. The key is fresh: a repeated form is looked at anew, never answered from the record. */
export async function completeSignIn(services: SignInServices, person: Staff, attempt: SignInAttempt): Promise<void> {
  const { staff, lockOut, inTransaction } = services
  const key = `sign-in/${newId()}`
  await inTransaction({ actor: actorFrom(person), key, bodyHash: key }, async (tx) => {
    await staff.noteSignIn(person.county, person._id, tx)
    tx.announce(staffFact('staff.signed_in', person._id, { secondFactor: person.totp !== undefined }))
    return {}
  })
  await lockOut.succeed(attempt)
}

/**
 * The person half-way through signing in.
 *
 * @throws DomainError `sign_in.too_slow` when the steps took too long or the account changed meanwhile
 */
export async function personSigningIn(
  { staff, clock }: Pick<SignInServices, 'staff' | 'clock'>,
  signingIn: SigningIn,
): Promise<Staff> {
  const now = clock.now()
  const person = await staff.find(signingIn.county, signingIn.staffId)
  const isFresh = now.getTime() - signingIn.since < SIGNING_IN_MS
  if (!person || !isFresh || !isValidAt(person, now) || person.generation !== signingIn.generation)
    throw new DomainError('sign_in.too_slow', 'Begin again with account and password')
  return person
}
