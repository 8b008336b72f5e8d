import type { Span } from '../span.ts'
import { joinSpans } from '../span.ts'
import type { Validity } from '../validity.ts'
import type { WeeklyPattern } from '../weekly-pattern.ts'
import { patternStretches } from '../weekly-pattern.ts'

/** How high a hotline stands: 1 province, 2 prefecture, 3 county, 4 township. Source: M002. */
export type HotlineLevel = 1 | 2 | 3 | 4

/** A telephone number under which people ask for help. */
export interface Hotline extends Validity {
  readonly _id: string
  readonly county: string
  /** E.164, or a short code. One line of the whole deployment has it at a time. */
  readonly number: string
  readonly name: string
  readonly level: HotlineLevel
  /** The unit whose operators answer. */
  readonly unit: string
  /** When it is open; empty means always. */
  readonly hours: readonly WeeklyPattern[]
  /** First language spoken to callers. */
  readonly language: 'zh-CN' | 'en'
  /** `open` until the line ended, then its own id: this keeps a number to one open line. */
  readonly holder: string
  readonly version: number
}

/** The stretches of a span during which it is open. */
export function openStretches(hours: readonly WeeklyPattern[], span: Span): readonly Span[] {
  return hours.length === 0 ? [span] : joinSpans(hours.flatMap((pattern) => patternStretches(pattern, span)))
}
