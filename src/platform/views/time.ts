import { DateTime } from 'luxon'
import type { Language } from './language.ts'

/** `moment` 11月29日 00:10, `day` 11月29日, `clock` 00:10, `full` with year and seconds. */
export type TimeFormat = 'moment' | 'day' | 'clock' | 'full'

/** What a page may hand over as a time. */
export type TimeValue = Date | string | number

const FORMATS: Readonly<Record<Language, Readonly<Record<TimeFormat | 'monthDay' | 'weekday', string>>>> = {
  'zh-CN': {
    moment: 'yyyy年L月d日 HH:mm',
    day: 'yyyy年L月d日',
    clock: 'HH:mm',
    full: 'yyyy年L月d日 HH:mm:ss',
    monthDay: 'L月d日',
    weekday: 'ccc',
  },
  en: {
    moment: 'd LLL yyyy, HH:mm',
    day: 'd LLL yyyy',
    clock: 'HH:mm',
    full: 'd LLL yyyy, HH:mm:ss',
    monthDay: 'd LLL',
    weekday: 'ccc',
  },
}

/** Formats moments for people of one time zone. */
export interface TimeWriter {
  /** The moment in words of the language; the year only where it is not this year's, except in `full`. */
  write(at: TimeValue, language: Language, format: TimeFormat, now: Date): string
  /** A due time: weekday, day and time; midnight is called 24:00 of the day before. */
  writeDue(at: TimeValue, language: Language, now: Date): string
  /** RFC 3339 with offset, for `datetime`. */
  machine(at: TimeValue): string
  /** `yyyy-MM-ddTHH:mm`, the value of a date-time field. */
  fieldValue(at: TimeValue): string
}

/** @param zone - IANA name, e.g. `Asia/Shanghai` */
export function timeWriter(zone: string): TimeWriter {
  const local = rememberMoments(zone)
  const day = (moment: DateTime, language: Language, now: Date) => {
    const sameYear = moment.year === local(now).year
    return moment.setLocale(language).toFormat(FORMATS[language][sameYear ? 'monthDay' : 'day'])
  }
  return {
    write: (at, language, format, now) => {
      const moment = local(at)
      if (format === 'clock' || format === 'full') return moment.setLocale(language).toFormat(FORMATS[language][format])
      if (format === 'day') return day(moment, language, now)
      return joinDayAndClock(day(moment, language, now), moment.toFormat('HH:mm'), language)
    },
    writeDue: (at, language, now) => {
      const moment = local(at)
      const midnight = moment.hour === 0 && moment.minute === 0
      const shown = midnight ? moment.minus({ days: 1 }) : moment
      const weekday = shown.setLocale(language).toFormat('ccc')
      const date =
        language === 'en' ? `${weekday} ${day(shown, language, now)}` : `${day(shown, language, now)} ${weekday}`
      return joinDayAndClock(date, midnight ? '24:00' : moment.toFormat('HH:mm'), language)
    },
    machine: (at) => local(at).toISO({ suppressMilliseconds: true }) ?? '',
    fieldValue: (at) => local(at).toFormat("yyyy-MM-dd'T'HH:mm"),
  }
}

/** Moments asked for again within a page are looked up once: finding the offset of a zone is the slow part of writing a time. */
const REMEMBERED_MOMENTS = 1000

function rememberMoments(zone: string): (at: TimeValue) => DateTime {
  const known = new Map<number, DateTime>()
  return (at) => {
    const ms = at instanceof Date ? at.getTime() : typeof at === 'number' ? at : Date.parse(at)
    if (Number.isNaN(ms)) throw new Error(`Not a time: ${String(at)}`)
    const found = known.get(ms)
    if (found) return found
    if (known.size >= REMEMBERED_MOMENTS) known.clear()
    const moment = DateTime.fromMillis(ms, { zone })
    known.set(ms, moment)
    return moment
  }
}

function joinDayAndClock(day: string, clock: string, language: Language): string {
  return language === 'en' ? `${day}, ${clock}` : `${day} ${clock}`
}
