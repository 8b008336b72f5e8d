import { createHash } from 'node:crypto'
import type { PlainJson } from '../../shared/canonical-json.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Signer } from '../proof/ed25519.ts'
import { fingerprintOf, isSignedInBase64 } from '../proof/ed25519.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import type { MonthEnd } from './months.ts'
import type { FundTrialRow } from './trial-of-fund.ts'

/** A month of a fund that can never change again: what stood there, sealed and signed. */
export interface Seal {
  readonly county: string
  readonly fundId: string
  /** `2026-11`. */
  readonly period: string
  /** The last entry of the month. */
  readonly closeSeq: number
  readonly closeHash: string
  /** The entry that closed it, and when that was booked. */
  readonly bySeq: number
  readonly closedAt: string
  readonly trial: readonly FundTrialRow[]
  /** `SHA256(fund || period || closeSeq || closeHash || SHA256(trial))`, each on a line of its own, hexadecimal. */
  readonly seal: string
  /** Fingerprint of the key that signed the seal. */
  readonly key: string
  /** Base64. */
  readonly signature: string
}

/** The seal of a month's end and its trial balance. The same key gives the same bytes. */
export function sealMonth(
  month: Pick<Seal, 'county' | 'fundId' | 'bySeq' | 'closedAt'> & { readonly end: MonthEnd },
  trial: readonly FundTrialRow[],
  signer: Signer,
): Seal {
  const { county, fundId, bySeq, closedAt, end } = month
  const fields = { fundId, period: end.period, closeSeq: end.seq, closeHash: end.hash, trial }
  const seal = sealOf(fields)
  return {
    county,
    ...fields,
    bySeq,
    closedAt,
    seal,
    key: fingerprintOf(signer.publicKey),
    signature: signer.sign(signedText(seal)).toString('base64'),
  }
}

/** What the seal of these fields has to be. */
export function sealOf(fields: Pick<Seal, 'fundId' | 'period' | 'closeSeq' | 'closeHash' | 'trial'>): string {
  const { fundId, period, closeSeq, closeHash, trial } = fields
  const trialHash = sha256(canonicalJson(trial as unknown as PlainJson))
  return sha256(`reservefund-seal/v1\n${[fundId, period, closeSeq, closeHash, trialHash].join('\n')}\n`)
}

/** Whether a seal was signed by the key it names. */
export function isSealSigned({ seal, key, signature }: Seal, keys: readonly LedgerKey[]): boolean {
  const found = keys.find(({ fingerprint }) => fingerprint === key)
  return found !== undefined && isSignedInBase64(found.publicKey, signedText(seal), signature)
}

function signedText(seal: string): Buffer {
  return Buffer.from(`reservefund-seal-signature/v1\n${seal}\n`, 'utf8')
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
