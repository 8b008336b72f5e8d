import type { Connection } from 'mongoose'
import type { InTransaction, JournalReader } from '../../src/journal/index.ts'
import { createInTransaction, createJournalReader, journalModels } from '../../src/journal/index.ts'
import type { HouseholdStore, PersonStore } from '../../src/people/index.ts'
import { createHouseholdStore, createPersonStore, peopleModels } from '../../src/people/index.ts'
import type { FieldVault } from '../../src/platform/privacy/index.ts'
import { createFieldVault } from '../../src/platform/privacy/index.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { testStores } from '../support/database.ts'

/** The people domain on the real database, with a clock that stands still and keys of its own. */
export interface PeopleWorld {
  readonly connection: Connection
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly vault: FieldVault
  readonly clock: Clock
  readonly inTransaction: InTransaction
  readonly journal: JournalReader
}

/** A night of the fixture. */
export const TONIGHT = new Date('2026-11-28T23:40:10+08:00')

/** The keys of the test's vault: the second was the first one before. */
export const NEW_KEY = Buffer.alloc(32, 2)
export const OLD_KEY = Buffer.alloc(32, 1)

export async function peopleWorld(keys: readonly Buffer[] = [NEW_KEY]): Promise<PeopleWorld> {
  const { connection } = await testStores((opened) => {
    journalModels(opened)
    peopleModels(opened)
  })
  const clock = { now: () => TONIGHT }
  return {
    connection,
    people: createPersonStore(connection),
    households: createHouseholdStore(connection),
    vault: createFieldVault(keys),
    clock,
    inTransaction: createInTransaction({ connection, clock, wake: () => undefined }),
    journal: createJournalReader(connection),
  }
}

/** The code a rule's "no" came with; `done` when there was none. */
export async function codeOf(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  )
}
