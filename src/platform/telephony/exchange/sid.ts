import { randomBytes } from 'node:crypto'

/** What an id names, by its first two letters. Source: Twilio, "SID". */
export type SidPrefix = 'AC' | 'CA' | 'SM' | 'RE' | 'QU' | 'PN'

/** A new id: two letters and 32 hex digits. */
export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex')
}
