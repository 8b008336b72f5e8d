import type { FieldVault } from '../../platform/privacy/index.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Staff } from '../staff/staff.ts'
import { actorFrom } from './find-actor.ts'
import type { SigningIn } from './session-data.ts'
import type { SignInServices, SignInStep } from './sign-in.ts'
import { afterSecondFactor, beginAttempt, personSigningIn } from './sign-in.ts'
import { openTotpSecret, totpStepOf } from './totp.ts'

export interface SecondFactorServices extends SignInServices {
  readonly vault: FieldVault
}

/**
 * The second step of signing in: the code of the authenticator. Each code is good once.
 *
 * Wrong codes count on the counters of the password, which are forgotten only when the whole sign-in succeeds.
 *
 * @throws DomainError `totp.wrong`, `sign_in.locked` {minutes}, `sign_in.too_slow`
 */
export async function signInTotp(
  services: SecondFactorServices,
  input: { readonly signingIn: SigningIn; readonly code: string; readonly address: string },
): Promise<SignInStep> {
  const attempt = { account: input.signingIn.account, address: input.address }
  const person = await personSigningIn(services, input.signingIn)
  await beginAttempt(services, attempt)
  if (!(await spendCode(services, person, input.code))) throw new DomainError('totp.wrong', 'The code is not right')
  await services.lockOut.passed(attempt)
  return afterSecondFactor(services, person, attempt)
}

/**
 * Uses up a code of the second factor. Of two who bring the same code one wins.
 *
 * @returns false when the code is wrong, too old or was used before
 */
export async function spendCode(
  { staff, vault, clock, inTransaction }: Pick<SecondFactorServices, 'staff' | 'vault' | 'clock' | 'inTransaction'>,
  person: Staff,
  code: string,
): Promise<boolean> {
  const { totp, county, _id } = person
  if (!totp) return false
  const secret = openTotpSecret(vault, _id, totp.secret)
  const step = await totpStepOf(secret, code, clock.now(), totp.lastStep)
  if (step === undefined) return false
  const key = `totp/${newId()}`
  const by = { actor: actorFrom(person), key, bodyHash: key }
  return inTransaction(by, (tx) => staff.spendTotpStep(county, _id, step, tx))
}
