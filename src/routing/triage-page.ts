import type { CaseRecord } from '../cases/index.ts'
import { openTexts } from '../cases/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { Presenter } from '../platform/views/index.ts'

interface TriageContext {
  readonly county: string
  readonly present: Presenter
}

/** The county's triage desk: short lists that should be empty, each line with its one action. */
export function triagePage(
  vault: FieldVault,
  unplaced: readonly CaseRecord[],
  unowned: readonly CaseRecord[],
  nameOf: (id: string) => string,
  { county, present }: TriageContext,
): object {
  const line = (found: CaseRecord): object => {
    const { place, story } = openTexts(vault, found)
    return {
      no: found.no,
      urgency: found.urgency,
      place: place || present.t('cases:list.placeUnknown'),
      text: story,
      dueAt: found.nearestDueAt,
      who: nameOf(found.responsible.staffId),
      href: `/cases/${found.no}`,
      placeHref: `/cases/${found.no}/place`,
    }
  }
  return {
    title: present.t('routing:triage.title'),
    rooms: `triage:${county}`,
    unplaced: unplaced.map(line),
    unowned: unowned.map(line),
  }
}
