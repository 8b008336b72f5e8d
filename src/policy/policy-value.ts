import type { Lock, ParameterKey, ParameterUnit } from './parameters/index.ts'
import type { Source } from './source.ts'

/** A value of a parameter: where and since when it holds, and which document says so. Added, never changed. */
export interface PolicyValue {
  readonly _id: string
  /** The county the scope belongs to, or the wider scope itself. */
  readonly county: string
  /** `CN`, or a division code of 2, 4, 6 or 9 digits. */
  readonly scope: string
  readonly key: ParameterKey
  readonly value: unknown
  readonly unit: ParameterUnit
  /** First day on which it holds, `YYYY-MM-DD` in China. */
  readonly validFrom: string
  /** First day on which it no longer holds. */
  readonly validTo?: string
  readonly lock?: Lock
  readonly source: Source
  readonly recordedAt: Date
  readonly recordedBy: string
}

/** A value as somebody enters it; the rest follows from the catalogue. */
export type NewPolicyValue = Pick<PolicyValue, 'scope' | 'key' | 'value' | 'validFrom' | 'source'> &
  Partial<Pick<PolicyValue, 'validTo' | 'lock'>>

/** Whether a value holds on a day. @param day - `YYYY-MM-DD` in China */
export function isInForce(value: Pick<PolicyValue, 'validFrom' | 'validTo'>, day: string): boolean {
  return value.validFrom <= day && (value.validTo === undefined || day < value.validTo)
}

/**
 * Whether a narrower value stays within a locked wider one. What cannot be measured against it (another unit, a limit in months against one
 * in fen) does not.
 */
export function staysWithin(narrower: unknown, wider: Pick<PolicyValue, 'value' | 'lock'>): boolean {
  if (wider.lock === undefined) return true
  if (wider.lock === 'FIXED') return JSON.stringify(narrower) === JSON.stringify(wider.value)
  const [ours, theirs] = [measureOf(narrower), measureOf(wider.value)]
  if (ours?.unit !== theirs?.unit || !ours || !theirs) return false
  return wider.lock === 'AT_MOST' ? ours.n <= theirs.n : ours.n >= theirs.n
}

/** A number with what it counts, where the value is one. */
function measureOf(value: unknown): { n: number; unit: string } | undefined {
  if (typeof value === 'number') return { n: value, unit: '' }
  if (typeof value !== 'object' || value === null) return undefined
  const { n, unit, fen, months } = value as Partial<{ n: number; unit: string; fen: number; months: number }>
  if (n !== undefined && unit !== undefined) return { n, unit }
  if (fen !== undefined) return { n: fen, unit: 'fen' }
  return months === undefined ? undefined : { n: months, unit: 'months' }
}
