import { openTexts } from '../cases/index.ts'
import type { CaseRecord } from '../cases/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import { alwaysCalled, departmentsOf } from './departments.ts'
import type { ConferenceItem } from './item.ts'
import { STANCES } from './item.ts'
import type { ItemTexts } from './item-texts.ts'
import { indexOfWord } from './positions.ts'

/** What every form about an item begins with: which case it is, where it goes, the way back. */
export function itemFormPage(
  vault: FieldVault,
  item: ConferenceItem,
  found: CaseRecord,
  path: string,
  present: Presenter,
  form: FormParts,
): { readonly title: string; readonly form: ReturnType<typeof formView> } {
  const base = `/conference/${item.id}`
  const shown = {
    title: present.t(`conference:${path}.title`),
    backHref: base,
    action: `${base}/${path}`,
    draft: `${path}:${item.id}`,
    about: present.t('conference:item.about', { no: item.caseNo, place: openTexts(vault, found).place }),
    form: formView(present, { version: item.version, ...form }),
  }
  return shown
}

/** Whom the meeting calls: those always called are said, the others are ticked. */
export function schedulePart(item: ConferenceItem, nameOf: (id: string) => string): object {
  const always = alwaysCalled(item.county)
  const others = departmentsOf(item.county).filter((unit) => !always.includes(unit))
  return {
    always: always.map(nameOf),
    units: others.map((unit) => ({ value: unit, text: nameOf(unit) })),
    conveneBy: item.conveneBy,
  }
}

/** Where a department may stand. */
export function opinionPart({ t }: Presenter): object {
  return { stances: STANCES.map((value) => ({ value, text: t(`conference:stance.${value}`) })) }
}

/** Every called department with its word beside the line on which its measure is written. */
export function resolutionPart(
  item: ConferenceItem,
  texts: ItemTexts,
  { t }: Presenter,
  nameOf: (id: string) => string,
): object {
  return {
    called: item.calledUnits.map((unit) => ({ value: unit, text: nameOf(unit) })),
    lines: item.calledUnits.map((unit) => {
      const index = indexOfWord(item, unit)
      const opinion = item.opinions[index]
      return {
        unit,
        name: nameOf(unit),
        stance: t(`conference:stance.${opinion?.stance ?? 'NO_REPLY'}`),
        said: opinion && texts.opinions[index],
        offerFen: opinion && opinion.offerFen > 0 ? opinion.offerFen : undefined,
      }
    }),
  }
}
