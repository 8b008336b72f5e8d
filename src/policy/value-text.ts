import type { Presenter } from '../platform/views/index.ts'
import type { Cap, ParameterKey, ParameterUnit } from './parameters/index.ts'
import type { Span } from './span.ts'

/** Key of the words for a parameter or choice, in which dots would mean a level of the catalogue. */
export function wordsOfParameter(key: ParameterKey): string {
  return `policy:parameters.${key.replaceAll('.', '_')}`
}

/** A value in words: 15 分钟, ¥3,000.00, 4 个月保障标准, 不需要. */
export function valueText(present: Presenter, key: ParameterKey, unit: ParameterUnit, value: unknown): string {
  const { t } = present
  switch (unit) {
    case 'fen':
      return present.money(value as number)
    case 'cap':
      return capText(present, value as Cap)
    case 'span':
      return spanText(t, value as Span)
    case 'rate':
      return t('policy:units.rate', { percent: Math.round((value as number) * 1000) / 10 })
    case 'flag':
      return t(`policy:flag.${String(value)}`)
    case 'choice':
      return t(choiceWords(key, value as string))
    case 'choices':
      return (value as readonly string[]).map((chosen) => t(choiceWords(key, chosen))).join(t('policy:and'))
    case 'min_list':
      return (value as readonly number[]).map((n) => t('policy:units.min', { count: n })).join(t('policy:and'))
    default:
      return t(`policy:units.${unit}`, { count: value as number })
  }
}

function capText(present: Presenter, cap: Cap): string {
  return 'fen' in cap ? present.money(cap.fen) : present.t('policy:units.capMonths', { count: cap.months })
}

function spanText(t: Presenter['t'], { n, unit }: Span): string {
  return t(`policy:units.${unit.toLowerCase()}`, { count: n })
}

function choiceWords(key: ParameterKey, value: string): string {
  return `policy:choices.${key.replaceAll('.', '_')}.${value}`
}
