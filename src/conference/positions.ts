import type { ConferenceItem, Opinion, Position } from './item.ts'

type Heard = Pick<ConferenceItem, 'opinions' | 'recusals'>

/** Whether a person declared an interest in this case. */
export function isRecused({ recusals }: Pick<Heard, 'recusals'>, staffId: string): boolean {
  return recusals.some((recusal) => recusal.staffId === staffId)
}

/** The word of a department that counts: its newest opinion by somebody without an interest of their own. -1 when there is none. */
export function indexOfWord(item: Heard, unit: string): number {
  return item.opinions.findLastIndex((opinion) => opinion.unit === unit && !isRecused(item, opinion.staffId))
}

/** The same as an opinion. */
export function wordOf(item: Heard, unit: string): Opinion | undefined {
  return item.opinions[indexOfWord(item, unit)]
}

/** Where every called department stands. Silence is `NO_REPLY`, never consent. */
export function positionsOf(item: Heard & Pick<ConferenceItem, 'calledUnits'>): readonly Position[] {
  return item.calledUnits.map((unit) => ({ unit, stance: wordOf(item, unit)?.stance ?? 'NO_REPLY' }))
}
