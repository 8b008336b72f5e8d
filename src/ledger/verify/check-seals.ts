import type { PlainJson } from '../../shared/canonical-json.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Seal } from '../periods/seal.ts'
import { isSealSigned, sealOf } from '../periods/seal.ts'
import { trialOfFund } from '../periods/trial-of-fund.ts'
import type { LedgerKey } from '../proof/ledger-key.ts'
import { demand } from './fault.ts'
import type { Replayed } from './proof-material.ts'

/** Runs a check that names a fund and a number when it fails. */
export type Guard = (fundId: string, seq: number, check: () => void) => void

/**
 * Checks that every seal is what the entries make of it, that a known key signed it, and that none is missing before the last one.
 *
 * The newest closed month may wait for its seal.
 */
export function checkSeals(replayed: Replayed, seals: readonly Seal[], keys: readonly LedgerKey[], guard: Guard): void {
  const byMonth = new Map(seals.map((seal) => [`${seal.fundId} ${seal.period}`, seal]))
  for (const seal of seals) guard(seal.fundId, seal.bySeq, () => checkSeal(replayed, seal, keys))
  for (const { fundId, period, bySeq } of replayed.closes) {
    const isLaterSealed = seals.some((seal) => seal.fundId === fundId && seal.period > period)
    const isSealed = byMonth.has(`${fundId} ${period}`)
    guard(fundId, bySeq, () => demand(isSealed || !isLaterSealed, 'seal', `the seal of ${period} is missing`))
  }
}

function checkSeal({ closes, monthEnd }: Replayed, seal: Seal, keys: readonly LedgerKey[]): void {
  const { fundId, period } = seal
  const close = closes.find((found) => found.fundId === fundId && found.period === period)
  demand(close !== undefined, 'seal', `no entry closes ${period}`)
  const isSameEnd =
    seal.closeSeq === close.closeSeq &&
    seal.closeHash === close.closeHash &&
    seal.bySeq === close.bySeq &&
    seal.closedAt === close.closedAt
  demand(isSameEnd, 'seal', `${period} ends elsewhere than its seal says`)
  const head = monthEnd(fundId, close.closeSeq)
  const isSameTrial = head !== undefined && textOf(trialOfFund(head)) === textOf(seal.trial)
  demand(isSameTrial, 'seal', `the trial balance of ${period} is not what the entries add up to`)
  demand(seal.county === head.county && sealOf(seal) === seal.seal, 'seal', `the seal of ${period} is not its own`)
  demand(isSealSigned(seal, keys), 'signature', `the seal of ${period} is not signed by a known key`)
}

function textOf(rows: Seal['trial']): string {
  return canonicalJson(rows as unknown as PlainJson)
}
