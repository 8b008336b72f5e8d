import type { FormParts, Presenter, TableView } from '../../platform/views/index.ts'
import { formView } from '../../platform/views/index.ts'
import { formatPhone } from '../../shared/phone.ts'
import { dayOptions, hoursText, hoursValues } from '../hours-fields.ts'
import type { UnitBook } from '../units/unit-book.ts'
import { stateTag, unitOptions } from '../units/unit-page.ts'
import { isOver } from '../validity.ts'
import type { Hotline } from './hotline.ts'

/** The list of hotlines. */
export function hotlineListPage(
  lines: readonly Hotline[],
  book: UnitBook,
  { t, now }: Presenter,
): { title: string; table: TableView } {
  return {
    title: t('directory:hotlines.title'),
    table: {
      caption: t('directory:hotlines.title'),
      hideCaption: true,
      columns: ['number', 'name', 'level', 'unit', 'hours', 'state'].map((name) => ({
        text: t(`directory:hotline.${name}`),
      })),
      rows: lines.map((line) => ({
        id: line._id,
        cells: [
          { text: formatPhone(line.number), href: `/admin/hotlines/${line._id}` },
          { text: line.name },
          { text: t(`directory:levels.${line.level}`) },
          { text: book.nameOf(line.unit) },
          { text: hoursText(line.hours, t) },
          { tag: stateTag(isOver(line, now), t) },
        ],
      })),
    },
  }
}

/** The form of a hotline, a new one or one that is there. */
export function hotlinePage(
  line: Hotline | undefined,
  book: UnitBook,
  present: Presenter,
  parts: FormParts = {},
): object {
  const { t, now } = present
  const values = line
    ? { ...line, number: formatPhone(line.number), level: String(line.level), ...hoursValues(line.hours) }
    : { language: 'zh-CN', level: '3' }
  return {
    title: line ? line.name : t('directory:hotlines.new'),
    isOver: line ? isOver(line, now) : false,
    form: formView(present, { version: line?.version, values, ...parts }),
    version: line?.version,
    action: line ? `/admin/hotlines/${line._id}` : '/admin/hotlines',
    endAction: line ? `/admin/hotlines/${line._id}/end` : undefined,
    keepHours: line && line.hours.length > 2 ? hoursText(line.hours, t) : undefined,
    days: dayOptions(t),
    units: unitOptions(book, now, ({ kind }) => kind !== 'village'),
    levels: [1, 2, 3, 4].map((level) => ({ value: String(level), text: t(`directory:levels.${level}`) })),
    languages: [
      { value: 'zh-CN', text: '中文' },
      { value: 'en', text: 'English' },
    ],
  }
}
