import type { InTransaction } from '../../journal/index.ts'
import type { By } from '../../shared/actor.ts'
import { DomainError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { ApiToken } from '../sign-in/token.ts'
import { digestToken, isTokenGood, newTokenText } from '../sign-in/token.ts'
import type { TokenStore } from '../sign-in/token-store.ts'
import { once } from '../staff/once.ts'
import { staffFact } from '../staff/staff-events.ts'
import type { OwnAccountServices } from './own-account.ts'
import { confirmPassword } from './own-account.ts'

/** How long a token is good unless said otherwise, and at most. Days. */
export const TOKEN_DAYS = 90
export const MAX_TOKEN_DAYS = 366

/** A token as its owner sees it in the list. */
export interface TokenView {
  readonly id: string
  readonly label: string
  readonly madeAt: string
  readonly expiresAt: string
  readonly lastUsedAt?: string
  /** Whether it still opens anything. */
  readonly good: boolean
}

/** A new token; its text is told once and kept nowhere. */
export interface MadeToken extends TokenView {
  /** Left out when the answer is a repeated one. */
  readonly token?: string
}

/** What a new token is made of. */
export interface NewToken {
  readonly label: string
  readonly days: number
}

/**
 * Makes a token for oneself, with the password once more, so that a session left open does not become a key for good.
 *
 * @throws DomainError `password.wrong`, `sign_in.locked`
 */
export async function makeOwnToken(
  services: OwnAccountServices,
  input: NewToken & { readonly password: string; readonly address: string },
  by: By,
): Promise<MadeToken> {
  await confirmPassword(services, by, input)
  return makeToken(services, input, by)
}

/** Makes a token for the actor of the command. The caller has proved to be that person, or runs on the server itself. */
export async function makeToken(
  { tokens, inTransaction }: { readonly tokens: TokenStore; readonly inTransaction: InTransaction },
  { label, days }: NewToken,
  by: By,
): Promise<MadeToken> {
  const { county, staffId } = by.actor
  const text = newTokenText(county)
  const tokenId = newId()
  const told = once(by)
  const made = await inTransaction(told.by, async (tx) => {
    const token: ApiToken = {
      _id: digestToken(text),
      county,
      tokenId,
      staffId,
      label,
      madeAt: tx.at,
      expiresAt: new Date(tx.at.getTime() + days * 86_400_000),
    }
    await tokens.insert(token, tx)
    tx.announce(staffFact('staff.token_made', staffId, { tokenId, days }))
    return tokenView(token, tx.at)
  })
  return told.isRepeated() ? made : { ...made, token: text }
}

/**
 * Takes one of the own tokens out of use.
 *
 * @throws DomainError `token.not_found`
 */
export async function revokeOwnToken(
  { tokens, inTransaction }: Pick<OwnAccountServices, 'tokens' | 'inTransaction'>,
  tokenId: string,
  by: By,
): Promise<{ readonly id: string }> {
  const { county, staffId } = by.actor
  return inTransaction(by, async (tx) => {
    if (!(await tokens.revoke(county, staffId, tokenId, tx)))
      throw new DomainError('token.not_found', `No token ${tokenId}`)
    tx.announce(staffFact('staff.token_revoked', staffId, { tokenId }))
    return { id: tokenId }
  })
}

export function tokenView(token: ApiToken, at: Date): TokenView {
  const { tokenId, label, madeAt, expiresAt, lastUsedAt } = token
  return {
    id: tokenId,
    label,
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(lastUsedAt ? { lastUsedAt: lastUsedAt.toISOString() } : {}),
    good: isTokenGood(token, at),
  }
}
