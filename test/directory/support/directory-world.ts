import { createFieldVault } from '../../../src/platform/privacy/index.ts'
import type { Directory } from '../../../src/directory/index.ts'
import { createDirectory, directoryModels } from '../../../src/directory/index.ts'
import type { InTransaction, JournalReader } from '../../../src/journal/index.ts'
import { createInTransaction, createJournalReader, journalModels } from '../../../src/journal/index.ts'
import type { FieldVault } from '../../../src/platform/privacy/index.ts'
import type { Actor, By, RoleInUnit } from '../../../src/shared/actor.ts'
import { systemActor } from '../../../src/shared/actor.ts'
import { newId } from '../../../src/shared/ids.ts'
import { actorFrom } from '../../../src/directory/index.ts'
import { hashPassword } from '../../../src/directory/sign-in/password-hash.ts'
import type { Staff } from '../../../src/directory/staff/staff.ts'
import type { UnitKind } from '../../../src/directory/units/unit.ts'
import { byOf } from '../../support/actors.ts'
import { freshCounty, testStores } from '../../support/database.ts'

/** A clock that stands still until it is moved. */
export interface TestClock {
  now(): Date
  set(at: string): void
  pass(seconds: number): void
}

/** A county of its own with its units, on the real database, and everything the directory's actions need. */
export interface DirectoryWorld extends Directory {
  readonly county: string
  readonly township: string
  readonly village: string
  readonly hotline: string
  readonly clock: TestClock
  readonly vault: FieldVault
  readonly inTransaction: InTransaction
  readonly journal: JournalReader
  /** Puts somebody into the register, at work for a year already. */
  person(account: string, roles: readonly RoleInUnit[], more?: Partial<Staff>): Promise<Staff>
  actor(person: Staff): Actor
  by(person: Staff, key?: string, body?: string): By
  /** Types of the facts of a stream, in order. */
  factsOf(stream: string): Promise<string[]>
}

/** Saturday, 28 November 2026, 23:40 in China. */
export const NIGHT = '2026-11-28T23:40:00+08:00'

/** The password of everybody whom `person` makes. */
export const PASSWORD = 'Regen-im-November'

let passwordHash: Promise<string> | undefined
let stores: ReturnType<typeof testStores> | undefined

export async function directoryWorld(): Promise<DirectoryWorld> {
  stores ??= testStores((opened) => {
    directoryModels(opened)
    journalModels(opened)
  })
  const { connection, redis } = await stores
  const county = freshCounty()
  const clock = testClock(NIGHT)
  const directory = createDirectory({ connection, redis, clock })
  const inTransaction = createInTransaction({ connection, clock, wake: () => undefined })
  const journal = createJournalReader(connection)
  const township = `${county}103`
  const village = `${township}201`
  const hotline = `${county}-hotline`
  const system = (): By => byOf(systemActor(county), newId())

  const unit = (id: string, kind: UnitKind, shortName: string, parent?: string) =>
    inTransaction(system(), async (tx) => {
      const place = { _id: id, county, kind, name: shortName, shortName, ...(parent ? { parent } : {}) }
      await directory.units.insert({ ...place, validFrom: new Date('2020-01-01T00:00:00+08:00'), version: 1 }, tx)
      return {}
    })
  await unit(county, 'county', '海门区')
  await unit(township, 'township', '常乐镇', county)
  await unit(village, 'village', '常乐村', township)
  await unit(hotline, 'hotline', '求助热线', county)

  return {
    ...directory,
    county,
    township,
    village,
    hotline,
    clock,
    vault: createFieldVault([Buffer.alloc(32, 7)]),
    inTransaction,
    journal,
    async person(account, roles, more = {}) {
      passwordHash ??= hashPassword(PASSWORD)
      const person: Staff = {
        _id: newId(),
        county,
        account: `${account}-${county}`,
        name: `测试${account}`,
        unit: roles[0]?.unit ?? county,
        roles,
        language: 'zh-CN',
        generation: 1,
        password: { hash: await passwordHash, setAt: new Date('2025-11-28T00:00:00+08:00') },
        validFrom: new Date('2025-11-28T00:00:00+08:00'),
        version: 1,
        ...more,
      }
      await inTransaction(system(), async (tx) => {
        await directory.staff.insert(person, tx)
        return {}
      })
      directory.staff.forget(county)
      return person
    },
    actor: (person) => actorFrom(person),
    by: (person, key, body) => byOf(actorFrom(person), key, body),
    async factsOf(stream) {
      return (await journal.stream(county, stream)).map(({ type }) => type)
    },
  }
}

function testClock(start: string): TestClock {
  let at = new Date(start)
  return {
    now: () => new Date(at),
    set: (moment) => {
      at = new Date(moment)
    },
    pass: (seconds) => {
      at = new Date(at.getTime() + seconds * 1000)
    },
  }
}
