import { generateSecret, generateURI, verify } from 'otplib'
import type { FieldPlace, FieldVault, SealedText } from '../../platform/privacy/index.ts'

/** One step of the code. Seconds. Source: RFC 6238, default time step. */
const STEP_SECONDS = 30

/** Name that an authenticator shows beside the account. */
const ISSUER = '救急难 Jiujinan'

/** A fresh base32 secret of 160 bits. Source: RFC 4226, section 4. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 })
}

/** The address behind the QR code that authenticators read. */
export function totpUri(account: string, secret: string): string {
  return generateURI({ issuer: ISSUER, label: account, secret })
}

/**
 * The time step whose code this is: the present one, the one before or the next. Undefined for any other code.
 *
 * @param afterStep - steps up to this one are used up
 */
export async function totpStepOf(
  secret: string,
  code: string,
  at: Date,
  afterStep: number,
): Promise<number | undefined> {
  const token = code.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const epoch = Math.floor(at.getTime() / 1000)
  const found = await verify({ secret, token, epoch, epochTolerance: STEP_SECONDS })
  // otplib answers the first match only; a step that is used up is refused here.
  if (!found.valid || !('timeStep' in found)) return undefined
  return found.timeStep > afterStep ? found.timeStep : undefined
}

/** Seals a secret for one person's record. */
export function sealTotpSecret(vault: FieldVault, staffId: string, secret: string): SealedText {
  return vault.seal(secret, placeOf(staffId))
}

export function openTotpSecret(vault: FieldVault, staffId: string, sealed: SealedText): string {
  return vault.open(sealed, placeOf(staffId))
}

function placeOf(record: string): FieldPlace {
  return { collection: 'staff', field: 'totp.secret', record }
}
