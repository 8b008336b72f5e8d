import { DomainError } from '../shared/errors.ts'
import { alwaysCalled } from './departments.ts'
import type { ConferenceItem } from './item.ts'
import { wordOf } from './positions.ts'

/** What a resolution is checked by: who was there, and who was given something to do. */
interface Drafted {
  readonly presentUnits: readonly string[]
  readonly measures: readonly { readonly unit: string }[]
}

/**
 * Refuses a resolution without quorum: the chair, who opened the meeting, civil affairs, finance, and every department with a measure.
 *
 * Source: conference.quorum = CHAIR_CIVIL_FINANCE_TASKED (chosen; N21 lets each county define it).
 *
 * @throws DomainError `conference.not_called`, `conference.no_quorum` naming who is missing
 */
export function requireQuorum(item: ConferenceItem, { presentUnits, measures }: Drafted): void {
  const tasked = measures.map(({ unit }) => unit)
  const stranger = [...presentUnits, ...tasked].find((unit) => !item.calledUnits.includes(unit))
  if (stranger) throw new DomainError('conference.not_called', `${stranger} was not called`, { unit: stranger })
  const needed = [...alwaysCalled(item.county), ...tasked]
  const missing = [...new Set(needed)].filter((unit) => !presentUnits.includes(unit))
  if (!item.opened) throw new DomainError('conference.no_quorum', 'No chair opened the meeting', { missing: ['chair'] })
  if (missing.length > 0)
    throw new DomainError('conference.no_quorum', 'Somebody who is needed was not present', { missing })
}

/**
 * Refuses to bind a department that did not agree: nobody is held to what they did not say yes to, and silence is no yes.
 *
 * @throws DomainError `conference.not_agreed` naming the departments
 */
export function requireConsent(item: ConferenceItem, { measures }: Pick<Drafted, 'measures'>): void {
  const tasked = [...new Set(measures.map(({ unit }) => unit))]
  const missing = tasked.filter((unit) => wordOf(item, unit)?.stance !== 'FOR')
  if (missing.length > 0)
    throw new DomainError('conference.not_agreed', 'A department with a measure has not agreed', { missing })
}
