import type { CaseRecord } from '../../cases/index.ts'
import { openTexts } from '../../cases/index.ts'
import type { FieldVault } from '../../platform/privacy/index.ts'
import type { Presenter } from '../../platform/views/index.ts'
import type { Actor } from '../../shared/actor.ts'

interface Waiting {
  readonly offered: readonly CaseRecord[]
  readonly forCounty: readonly CaseRecord[]
}

/** What other units ask this one to take, and what the county has to decide. */
export function transferListPage(
  vault: FieldVault,
  { offered, forCounty }: Waiting,
  nameOf: (id: string) => string,
  actor: Actor,
  present: Presenter,
): object {
  const line = (found: CaseRecord): object => {
    const { place, story } = openTexts(vault, found)
    return {
      no: found.no,
      urgency: found.urgency,
      place: place || present.t('cases:list.placeUnknown'),
      text: story,
      from: nameOf(found.transfer?.fromUnit ?? ''),
      reason: present.t(`routing:transferReason.${found.transfer?.reason ?? 'other'}`),
      dueAt: found.nearestDueAt,
      href: `/cases/${found.no}/transfer`,
    }
  }
  return {
    title: present.t('routing:transfers.title'),
    rooms: actor.roles.map(({ unit }) => `unit:${unit}`).join(' '),
    offered: offered.map(line),
    forCounty: forCounty.map(line),
    isCounty: actor.unit === actor.county,
  }
}
