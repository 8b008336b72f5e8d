import { openTexts } from '../cases/index.ts'
import type { CaseRecord } from '../cases/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import type { FormParts, Presenter } from '../platform/views/index.ts'
import { formView } from '../platform/views/index.ts'
import { alwaysCalled, departmentsOf } from './departments.ts'
import type { ConferenceItem } from './item.ts'
import { STANCES } from './item.ts'
import type { ItemTexts } from './item-texts.ts'
import { indexOfWord, positionsOf } from './positions.ts'
import { STANCE_TONES } from './item-page.ts'

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

/**
 * Who was called and where they stand, kept live beside the form, and a line for the measure of each department that agreed: no other can be given
 * one.
 */
export function resolutionPart(
  item: ConferenceItem,
  texts: ItemTexts,
  { t }: Presenter,
  nameOf: (id: string) => string,
): object {
  const positions = positionsOf(item)
  return {
    room: `case:${item.caseNo}`,
    called: item.calledUnits.map((unit) => ({ value: unit, text: nameOf(unit) })),
    positions: positions.map(({ unit, stance }) => ({
      id: `position-${unit}`,
      unit: nameOf(unit),
      tag: { text: t(`conference:stance.${stance}`), tone: STANCE_TONES[stance] },
    })),
    lines: positions
      .filter(({ stance }) => stance === 'FOR')
      .map(({ unit }) => {
        const index = indexOfWord(item, unit)
        const offerFen = item.opinions[index]?.offerFen ?? 0
        return { unit, name: nameOf(unit), said: texts.opinions[index], offerFen: offerFen > 0 ? offerFen : undefined }
      }),
  }
}
