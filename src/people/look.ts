import type { SealedText } from '../platform/privacy/index.ts'
import type { SealedField } from './person.ts'

/** The reasons that a page offers first. One tap. Source: design, "Privacy by look". */
export const COMMON_REASONS = ['handle_emergency', 'contact_person', 'check_identity'] as const

/** Every reason for looking behind a mask that has a code of its own. `other` needs words. */
export const LOOK_REASONS = [
  ...COMMON_REASONS,
  'protect_life',
  'pay_aid',
  'search_family',
  'complaint',
  'audit',
  'other',
] as const

export type LookReason = (typeof LOOK_REASONS)[number]

/**
 * The words of a reason that has no code of its own. They may name people, so they stand here, sealed; the journal's line names this record.
 */
export interface LookRecord {
  readonly _id: string
  readonly county: string
  readonly personId: string
  readonly staffId: string
  readonly at: Date
  readonly field: SealedField
  readonly words: SealedText
}
