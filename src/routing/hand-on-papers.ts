import type { Deadline, DeadlineStore } from '../deadlines/index.ts'
import { isValidAt } from '../directory/index.ts'
import type { By } from '../shared/actor.ts'
import { dutyPeople } from './duty-roster.ts'
import type { HandOnServices } from './hand-on.ts'

interface HandOnPapersServices extends HandOnServices {
  readonly deadlineStore: DeadlineStore
}

/**
 * Hands on what somebody still owes after leaving or without a role in its unit: above all the papers of an advance whose case is another's by
 * now. Whoever stands in there owes it from now on, until the same moment.
 *
 * Cases are handed on first and take their clocks along; see `handOnCases`. Where nobody stands in, the unit owes it.
 *
 * @returns the names of the clocks that were handed on
 */
export async function handOnPapers(
  services: HandOnPapersServices,
  { staffId }: { readonly staffId: string },
  by: By,
): Promise<readonly string[]> {
  const { staff, clock, deadlineStore } = services
  const { county } = by.actor
  const owed = await deadlineStore.openOwedBy(county, staffId)
  const person = owed.length > 0 ? await staff.find(county, staffId) : undefined
  const roles = person && isValidAt(person, clock.now()) ? person.roles : []
  const papers = owed.filter(({ unit }) => !roles.some((held) => held.unit === unit))
  if (papers.length > 0) staff.forget(county)
  for (const paper of papers)
    await handOnPaper(services, paper, staffId, { ...by, key: `${by.key}/${paper._id}/${paper.version}` })
  return papers.map(({ name }) => name)
}

async function handOnPaper(
  services: HandOnPapersServices,
  { subject, name, about, unit, county }: Deadline,
  staffId: string,
  by: By,
): Promise<void> {
  await services.inTransaction(by, async (tx) => {
    const ladder = await dutyPeople(services, county, unit, tx.at)
    const next = ladder.find((person) => person.staffId !== staffId)
    await services.deadlines.handOverDeadlines(tx, subject, {
      names: [name],
      ...(about === undefined ? {} : { about }),
      owedBy: staffId,
      unit: next?.unit ?? unit,
      ...(next ? { staffId: next.staffId } : {}),
      reason: 'left',
    })
    return {}
  })
}
