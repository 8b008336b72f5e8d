import { fen, formatFen } from '../../shared/fen.ts'
import { dueFrom, SOON_MINUTES } from '../../shared/due.ts'
import type { Due } from '../../shared/due.ts'
import type { Language } from './language.ts'
import { capitalMoney } from './money.ts'
import type { TimeFormat, TimeValue, TimeWriter } from './time.ts'
import type { Translate, Words } from './words.ts'

/** A due time ready to show. */
export interface DueView {
  /** 还有 12 分钟 / due in 12 min */
  readonly text: string
  /** Weekday, day and time; midnight is 24:00. */
  readonly exact: string
  readonly at: string
  readonly tone: Due['tone']
}

/**
 * Turns values into the strings a page shows, in one language and at one moment.
 *
 * `*-page.ts` files take one: `casePage(found, present)`. Routes find it as `res.locals.present`.
 */
export interface Presenter {
  readonly lng: Language
  readonly now: Date
  readonly t: Translate
  /** ¥1,234.50 */
  money(amountFen: number): string
  /** 壹仟贰佰叁拾肆元伍角 */
  capital(amountFen: number): string
  time(at: TimeValue, format?: TimeFormat): string
  due(at: TimeValue, soonMinutes?: number): DueView
  /** `yyyy-MM-ddTHH:mm` for a date-time field. */
  fieldTime(at: TimeValue): string
  /** RFC 3339 with offset. */
  machineTime(at: TimeValue): string
  /** What a rule's "no" means for a person, in words of the catalogue. */
  error(code: string, details?: Readonly<Record<string, unknown>>): string
}

/** The presenter that `views.middleware` made for this request. */
export function presenterOf(response: { readonly locals: Readonly<Record<string, unknown>> }): Presenter {
  const present = response.locals['present'] as Presenter | undefined
  if (!present) throw new Error('No presenter: views.middleware did not run before this route')
  return present
}

/** @param now - the moment the page is made; due times are counted from it */
export function createPresenter(words: Words, times: TimeWriter, lng: Language, now: Date): Presenter {
  const t = words.wordsFor(lng)
  return {
    lng,
    now,
    t,
    money: (amountFen) => formatFen(fen(amountFen)),
    capital: (amountFen) => capitalMoney(fen(amountFen)),
    time: (at, format = 'moment') => times.write(at, lng, format, now),
    due: (at, soonMinutes = SOON_MINUTES) => {
      const machine = times.machine(at)
      const due = dueFrom(Date.parse(machine), now.getTime(), soonMinutes)
      const text = t(`common:due.${due.side}.${due.span}`, { days: due.days, hours: due.hours, minutes: due.minutes })
      return { text, exact: times.writeDue(at, lng, now), at: machine, tone: due.tone }
    },
    fieldTime: (at) => times.fieldValue(at),
    machineTime: (at) => times.machine(at),
    error: (code, details = {}) => t(words.errorKey(code) ?? 'common:errors.unexplained', { code, ...details }),
  }
}
