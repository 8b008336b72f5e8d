import { wordsOfName } from '../deadlines/index.ts'
import type { Presenter } from '../platform/views/index.ts'
import type { NoticeRecord } from './notice.ts'

type Shown = (value: string | number, present: Presenter, nameOf: (id: string) => string) => string

const place: Shown = (id, _present, nameOf) => nameOf(String(id))
const money: Shown = (amountFen, present) => present.money(Number(amountFen))
const moment: Shown = (at, present) => present.time(at)

/** How what a notice is about is said. What is not here is said as it is. */
const SHOWN: Readonly<Record<string, Shown>> = {
  unit: place,
  fundUnit: place,
  amountFen: money,
  freeFen: money,
  markFen: money,
  from: moment,
  to: moment,
  dueAt: (at, present) => present.due(at).exact,
  clock: (name, present) => present.t(wordsOfName(String(name))),
}

/** A notice in words, as it is texted, read out or shown. */
export function noticeText(
  { kind, caseNo, about = {} }: Pick<NoticeRecord, 'kind' | 'caseNo' | 'about'>,
  present: Presenter,
  nameOf: (id: string) => string,
): string {
  const said = Object.entries(about).map(
    ([field, value]) => [field, SHOWN[field]?.(value, present, nameOf) ?? String(value)] as const,
  )
  return present.t(`notifications:text.${kind}`, { no: caseNo ?? '', ...Object.fromEntries(said) })
}
