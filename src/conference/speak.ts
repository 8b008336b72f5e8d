import type { By } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'
import type { ConferenceItem } from './item.ts'
import { isRecused } from './positions.ts'

/**
 * The called department for which a member speaks now.
 *
 * @throws DomainError `conference.wrong_state` before a meeting is set and after it is over, `conference.not_called`, `conference.recused`
 */
export function speakingFor(item: ConferenceItem, { actor }: By): string {
  if (item.state !== 'SCHEDULED' && item.state !== 'IN_SESSION')
    throw new DomainError('conference.wrong_state', 'Departments speak once a meeting is set', { state: item.state })
  const held = actor.roles.find(({ role, unit }) => role === 'member' && item.calledUnits.includes(unit))
  if (!held) throw new DomainError('conference.not_called', 'Your department was not called', { unit: actor.unit })
  if (isRecused(item, actor.staffId)) throw new DomainError('conference.recused', 'You declared an interest')
  return held.unit
}
