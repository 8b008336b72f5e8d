import type { Presenter } from '../platform/views/index.ts'
import type { PersonAccess } from './person-history.ts'

/** Who looked at or changed a person. */
export function historyPage(
  present: Presenter,
  personId: string,
  lines: readonly PersonAccess[],
  nameOfId: (id: string) => string,
): object {
  return {
    title: present.t('people:history.title'),
    backHref: `/people/${personId}`,
    entries: [...lines].reverse().map(({ seq, at, staffId, unit, type, fields, reason, on }) => ({
      id: seq,
      at,
      text: present.t(`people:fact.${type.replace('person.', '')}`),
      who: `${nameOfId(unit)} · ${nameOfId(staffId)}`,
      note: [
        ...fields.map((field) => present.t(`people:field.${field}`)),
        ...(reason ? [present.t(`people:reason.${reason}`)] : []),
        ...(on ? [on] : []),
      ].join(' · '),
    })),
  }
}
