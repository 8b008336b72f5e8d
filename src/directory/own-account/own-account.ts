import type { InTransaction, Tx } from '../../journal/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { By } from '../../shared/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { DomainError } from '../../shared/errors.ts'
import type { LockOut, SignInAttempt } from '../sign-in/lock-out.ts'
import { checkPassword } from '../sign-in/password-hash.ts'
import { beginAttempt } from '../sign-in/sign-in.ts'
import type { TokenStore } from '../sign-in/token-store.ts'
import type { Staff } from '../staff/staff.ts'
import type { StaffChange, StaffStore } from '../staff/staff-store.ts'
import { staleVersion } from '../versions.ts'
import { staffView } from '../staff/staff-view.ts'

/** What people need to look after their own account. */
export interface OwnAccountServices {
  readonly staff: StaffStore
  readonly tokens: TokenStore
  readonly lockOut: LockOut
  readonly vault: FieldVault
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/**
 * The signed-in person's own record.
 *
 * @throws DomainError `auth.required` when somebody else than staff asks
 */
export async function ownRecord(
  { staff }: Pick<OwnAccountServices, 'staff'>,
  { actor }: Pick<By, 'actor'>,
  tx?: Tx,
): Promise<Staff> {
  const person = actor.kind === 'staff' ? await staff.find(actor.county, actor.staffId, tx) : undefined
  if (!person) throw new DomainError('auth.required', 'Sign in first')
  return person
}

/**
 * Asks for the password again before something that outlasts the session. Counts against the same limits as signing in.
 *
 * @throws DomainError `password.wrong`, `sign_in.locked` {minutes}
 */
export async function confirmPassword(
  services: OwnAccountServices,
  by: By,
  proof: { readonly password: string; readonly address: string },
): Promise<Staff> {
  const person = await ownRecord(services, by)
  const attempt = { account: person.account, address: proof.address }
  await beginAttempt(services, attempt)
  if (!(await checkPassword(person.password.hash, proof.password)))
    throw new DomainError('password.wrong', 'The password is not right')
  await provedRight(services, attempt)
  return person
}

/** A password or code given once more was right: nothing of it stays counted. */
export async function provedRight(
  { lockOut }: Pick<OwnAccountServices, 'lockOut'>,
  attempt: SignInAttempt,
): Promise<void> {
  await lockOut.passed(attempt)
  await lockOut.succeed(attempt)
}

/** Changes the own record as it stands in the transaction. */
export async function changeOwn(staff: StaffStore, tx: Tx, person: Staff, change: StaffChange): Promise<void> {
  if (!(await staff.change(person, change, tx))) throw staleVersion(staffView(person, tx.at), person.version)
}
