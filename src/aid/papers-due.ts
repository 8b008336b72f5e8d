import { caseStream } from '../cases/index.ts'
import type { DeadlineStore } from '../deadlines/index.ts'
import { SUPPLEMENT_CLOCK } from './supplement-clock.ts'

/** When the papers of some cases are due, and whether that time is over; a case whose emergency goes on is not among them. */
export async function papersDue(
  { deadlineStore }: { readonly deadlineStore: DeadlineStore },
  county: string,
  caseNos: readonly string[],
): Promise<ReadonlyMap<string, { readonly dueAt: Date; readonly isLate: boolean }>> {
  if (caseNos.length === 0) return new Map()
  const open = await deadlineStore.openOf(county, caseNos.map(caseStream))
  const due = new Map<string, { dueAt: Date; isLate: boolean }>()
  for (const { name, subject, dueAt, state } of open) {
    if (name !== SUPPLEMENT_CLOCK) continue
    const no = subject.slice(caseStream('').length)
    const isLate = state === 'BREACHED'
    const other = due.get(no)
    if (!other || dueAt < other.dueAt) due.set(no, { dueAt, isLate: isLate || (other?.isLate ?? false) })
  }
  return due
}
