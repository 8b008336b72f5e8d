import type { Presenter } from '../platform/views/index.ts'
import type { ConferenceItem } from './item.ts'
import type { ItemTexts } from './item-texts.ts'
import { indexOfWord } from './positions.ts'
import type { PlainResolution } from './resolve.ts'

type NameOf = (id: string) => string

/** What was decided, as it stands on the item's page and on paper. */
export function resolutionView(
  item: ConferenceItem,
  plain: PlainResolution,
  present: Presenter,
  nameOf: NameOf,
): object {
  const { t } = present
  const names = (units: readonly string[]): string => units.map(nameOf).join(t('conference:and'))
  return {
    no: plain.no,
    text: plain.text,
    at: plain.resolvedAt,
    presentUnits: names(plain.presentUnits),
    chair: item.resolution && nameOf(item.resolution.chairId),
    secretary: item.resolution && nameOf(item.resolution.resolvedBy),
    digest: item.resolution?.digest,
    positions: plain.positions.map(({ unit, stance }) => ({
      unit: nameOf(unit),
      stance: t(`conference:stance.${stance}`),
    })),
    measures: {
      caption: t('conference:resolution.measures'),
      columns: [
        { text: t('conference:resolution.unit') },
        { text: t('conference:resolution.what') },
        { text: t('conference:resolution.amount'), numeric: true },
        { text: t('conference:resolution.dueAt') },
      ],
      rows: plain.measures.map(({ unit, text, amountFen, dueAt }) => ({
        cells: [
          { text: nameOf(unit) },
          { text },
          amountFen > 0 ? { amountFen } : { text: t('conference:resolution.noMoney') },
          { text: present.time(dueAt, 'day') },
        ],
      })),
    },
    hasMeasures: plain.measures.length > 0,
  }
}

/** The minutes on paper: what was decided, who was there, who stood where, dissent word by word, lines to sign on. */
export function minutesPage(item: ConferenceItem, texts: ItemTexts, present: Presenter, nameOf: NameOf): object {
  const { resolution } = texts
  if (!resolution) throw new TypeError('There are no minutes before a resolution')
  return {
    title: present.t('conference:minutes.title'),
    backHref: `/conference/${item.id}`,
    unit: nameOf(item.county),
    url: `/conference/${item.id}`,
    caseNo: item.caseNo,
    resolution: resolutionView(item, resolution, present, nameOf),
    dissent: resolution.positions
      .filter(({ stance }) => stance === 'AGAINST')
      .map(({ unit }) => ({ unit: nameOf(unit), text: texts.opinions[indexOfWord(item, unit)] ?? '' })),
    signers: resolution.presentUnits.map(nameOf),
    recused: item.recusals.map(({ unit, staffId }) => `${nameOf(staffId)} · ${nameOf(unit)}`),
  }
}
