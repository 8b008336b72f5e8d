import type { DeadlineStore } from '../deadlines/index.ts'
import { caseStream } from '../cases/index.ts'
import { SUPPLEMENT_CLOCK } from './supplement-clock.ts'

/** Which of some cases owe papers whose time is over. */
export async function latePapers(
  { deadlineStore }: { readonly deadlineStore: DeadlineStore },
  county: string,
  caseNos: readonly string[],
): Promise<ReadonlySet<string>> {
  if (caseNos.length === 0) return new Set()
  const open = await deadlineStore.openOf(county, caseNos.map(caseStream))
  const late = open.filter(({ name, state }) => name === SUPPLEMENT_CLOCK && state === 'BREACHED')
  const subjects = new Set(late.map(({ subject }) => subject))
  return new Set(caseNos.filter((no) => subjects.has(caseStream(no))))
}
