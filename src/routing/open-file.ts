import type { CaseRecord, CaseStore } from '../cases/index.ts'
import type { Tx } from '../journal/index.ts'
import type { PersonStore } from '../people/index.ts'
import { makeKnownTo, makeUnknownTo } from '../people/index.ts'

export interface OpenFileServices {
  readonly people: PersonStore
  readonly cases: CaseStore
}

/**
 * Step: the file of the person in need follows the case. The township that has it may look closer; one that had it by mistake only, and no other
 * case of this person, no longer may.
 *
 * At the triage desk and at the end of the ladder the county acts, which may look at everybody of the county anyway: nothing is opened for it.
 *
 * @param record - as routed, not yet saved
 * @returns the record that remembers for whom the file was opened
 */
export async function openFile(services: OpenFileServices, tx: Tx, record: CaseRecord): Promise<CaseRecord> {
  const { personId, unit, fileOpenedTo, ...rest } = record
  if (personId === undefined) return record
  if (fileOpenedTo !== undefined && fileOpenedTo !== unit) await closeFile(services, tx, record, fileOpenedTo)
  const isOpened = unit !== tx.county && (await makeKnownTo(services, tx, { personId, unit }))
  const opened = isOpened || fileOpenedTo === unit ? { fileOpenedTo: unit } : {}
  return { ...rest, personId, unit, ...opened }
}

/** Whoever first took the request keeps the whole trail, and a unit with another case of the person goes on with that. */
async function closeFile(services: OpenFileServices, tx: Tx, record: CaseRecord, unit: string): Promise<void> {
  const { personId = '', no, firstResponsible } = record
  if (firstResponsible.unit === unit || (await services.cases.hasOtherOf(tx, personId, unit, no))) return
  await makeUnknownTo(services, tx, { personId, unit })
}
