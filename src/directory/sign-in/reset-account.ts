import type { InTransaction } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { refuseOwnAccount, staffToChange } from '../staff/change-staff.ts'
import { once } from '../staff/once.ts'
import { oneTimePassword } from '../staff/one-time-password.ts'
import type { PasswordRecord } from '../staff/staff.ts'
import { staffFact } from '../staff/staff-events.ts'
import type { StaffChange, StaffStore } from '../staff/staff-store.ts'
import type { LockOut } from './lock-out.ts'
import { hashPassword, newOneTimePassword } from './password-hash.ts'
import type { Reset, ResetKind } from './reset.ts'
import { isOpen, RESET_WAITS_MS } from './reset.ts'
import type { ResetStore } from './reset-store.ts'
import type { TokenStore } from './token-store.ts'

export interface ResetServices {
  readonly staff: StaffStore
  readonly resets: ResetStore
  readonly tokens: TokenStore
  readonly lockOut: LockOut
  readonly inTransaction: InTransaction
}

/** A reset as the API and pages give it. */
export interface ResetView {
  readonly id: string
  readonly staffId: string
  readonly kind: ResetKind
  readonly askedBy: string
  readonly askedAt: string
  readonly expiresAt: string
}

/** A confirmed reset, with the one-time password that is told once and kept nowhere. */
export interface ConfirmedReset extends ResetView {
  /** Left out when only the second factor was reset, or when the answer is a repeated one. */
  readonly oneTimePassword?: string
}

/**
 * First half: an administrator asks for another person's password or second factor to be reset. Nothing changes yet.
 *
 * @throws DomainError `staff.not_found`, `staff.forbidden`, `staff.over`, `staff.own_account`, `reset.waiting` when one waits already
 */
export async function askReset(
  services: ResetServices,
  input: { readonly staffId: string; readonly kind: ResetKind },
  by: By,
): Promise<ResetView> {
  const { staff, resets, inTransaction } = services
  const id = newId()
  return inTransaction(by, async (tx) => {
    const person = await staffToChange(staff, tx, input, 'staff.reset')
    refuseOwnAccount(by, person._id)
    const waiting = await resets.open(tx.county, tx.at, { staffId: person._id, tx })
    if (waiting.length > 0) throw new DomainError('reset.waiting', 'A reset of this account waits already')
    const reset: Reset = {
      _id: id,
      county: tx.county,
      ...input,
      askedBy: by.actor.staffId,
      askedAt: tx.at,
      expiresAt: new Date(tx.at.getTime() + RESET_WAITS_MS),
      state: 'asked',
    }
    await resets.insert(reset, tx)
    tx.announce(staffFact('staff.reset_asked', person._id, { resetId: id, kind: reset.kind }))
    return resetView(reset)
  })
}

/**
 * Second half: another administrator confirms. The old password, second factor, sessions and tokens are worth nothing from then on.
 *
 * @throws DomainError `reset.not_found`, `reset.over`, `reset.same_person`, `staff.own_account`, `staff.forbidden`, `staff.over`
 */
export async function confirmReset(services: ResetServices, resetId: string, by: By): Promise<ConfirmedReset> {
  const { staff, resets, tokens, lockOut, inTransaction } = services
  const password = newOneTimePassword()
  const hash = await hashPassword(password)
  const told = once(by)
  const { account, ...confirmed } = await inTransaction(told.by, async (tx) => {
    const reset = await resets.find(tx.county, resetId, tx)
    if (!reset) throw new DomainError('reset.not_found', `No reset ${resetId}`)
    if (!isOpen(reset, tx.at)) throw new DomainError('reset.over', 'This reset is settled or expired')
    const person = await staffToChange(staff, tx, { staffId: reset.staffId }, 'staff.reset')
    refuseOwnAccount(by, person._id)
    if (reset.askedBy === by.actor.staffId)
      throw new DomainError('reset.same_person', 'Another administrator has to confirm what you asked for')
    const change = changeOf(reset.kind, oneTimePassword(hash, tx.at), person.generation + 1)
    const isSettled = await resets.settle(reset, 'confirmed', by.actor.staffId, tx)
    if (!isSettled || !(await staff.change(person, change, tx)))
      throw new DomainError('reset.over', 'This reset is settled or expired')
    await tokens.revokeAll(tx.county, person._id, tx)
    tx.announce(staffFact('staff.reset', person._id, { resetId, kind: reset.kind, askedBy: reset.askedBy }))
    return { ...resetView(reset), account: person.account }
  })
  staff.forget(by.actor.county)
  await lockOut.unlock(account)
  return confirmed.kind === 'totp' || told.isRepeated() ? confirmed : { ...confirmed, oneTimePassword: password }
}

/**
 * Takes a reset back before it was confirmed; any administrator may.
 *
 * @throws DomainError `reset.not_found`, `reset.over`, `staff.forbidden`
 */
export async function withdrawReset(services: ResetServices, resetId: string, by: By): Promise<ResetView> {
  const { staff, resets, inTransaction } = services
  return inTransaction(by, async (tx) => {
    const reset = await resets.find(tx.county, resetId, tx)
    if (!reset) throw new DomainError('reset.not_found', `No reset ${resetId}`)
    await staffToChange(staff, tx, { staffId: reset.staffId }, 'staff.reset')
    if (!(await resets.settle(reset, 'withdrawn', by.actor.staffId, tx)))
      throw new DomainError('reset.over', 'This reset is settled or expired')
    tx.announce(staffFact('staff.reset_withdrawn', reset.staffId, { resetId }))
    return resetView(reset)
  })
}

export function resetView({ _id, staffId, kind, askedBy, askedAt, expiresAt }: Reset): ResetView {
  return {
    id: _id,
    staffId,
    kind,
    askedBy,
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

function changeOf(kind: ResetKind, password: PasswordRecord, generation: number): StaffChange {
  return {
    set: { generation, ...(kind === 'totp' ? {} : { password }) },
    unset: kind === 'password' ? [] : ['totp', 'totpPending'],
  }
}
