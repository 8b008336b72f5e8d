import type {
  HotlineStore,
  RosterStore,
  Staff,
  StaffStore,
  UnitStore,
  WeeklyPattern,
  WindowStore,
} from '../../src/directory/index.ts'
import { hashPassword } from '../../src/directory/index.ts'
import type { InTransaction, Tx } from '../../src/journal/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'
import type { DemoPerson } from './people.ts'
import { demoPeople } from './people.ts'
import type { DemoCounty, DemoProfile } from './places.ts'
import { demoCounty } from './places.ts'
import { demoShifts } from './shifts.ts'
import { demoPhone, demoUnits } from './units.ts'

/** The demo's counties have always been like this, as far as the demo is concerned. */
const SINCE = new Date('2020-01-01T00:00:00+08:00')

const OFFICE_HOURS: readonly WeeklyPattern[] = [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '17:30' }]

export interface SeedDirectoryServices {
  readonly units: UnitStore
  readonly windows: WindowStore
  readonly hotlines: HotlineStore
  readonly staff: StaffStore
  readonly roster: RosterStore
  readonly inTransaction: InTransaction
}

export interface SeedDirectoryOptions {
  /** Which county to make; any code for a copy in tests. */
  readonly county: string
  readonly profile: DemoProfile
  /** The password of an account. Accounts with the same password share one hash: these are demo accounts. */
  readonly passwordOf: (account: string) => string
}

/**
 * Puts the units, windows, hotline, staff and roster of a demo county into the database. What is there already stays: a second run changes nothing.
 *
 * @returns everybody of the county, for printing the demo accounts
 */
export async function seedDirectory(
  services: SeedDirectoryServices,
  { county: code, profile, passwordOf }: SeedDirectoryOptions,
): Promise<readonly DemoPerson[]> {
  const county = demoCounty(profile, code)
  const people = demoPeople(county)
  const hashes = await hashesOf(people, passwordOf)
  const ids = new Map<string, string>()

  await inOne(services, code, (tx) => seedUnits(services, county, tx))
  await inOne(services, code, (tx) => seedStaff(services, county, people, hashes, ids, tx))
  await inOne(services, code, (tx) => seedWindowsAndLine(services, county, ids, tx))
  await inOne(services, code, (tx) => seedRoster(services, county, ids, tx))
  services.units.forget(code)
  services.staff.forget(code)
  services.roster.forget(code)
  services.hotlines.forget()
  return people
}

async function inOne(
  { inTransaction }: SeedDirectoryServices,
  county: string,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const key = `seed/${newId()}`
  await inTransaction({ actor: systemActor(county), key, bodyHash: key }, async (tx) => {
    await work(tx)
    return {}
  })
}

async function seedUnits({ units }: SeedDirectoryServices, county: DemoCounty, tx: Tx): Promise<void> {
  for (const { id, ...unit } of demoUnits(county)) {
    if (await units.find(county.code, id, tx)) continue
    await units.insert({ _id: id, county: county.code, ...unit, validFrom: SINCE, version: 1 }, tx)
  }
}

async function seedStaff(
  { staff }: SeedDirectoryServices,
  { code }: DemoCounty,
  people: readonly DemoPerson[],
  hashes: ReadonlyMap<string, string>,
  ids: Map<string, string>,
  tx: Tx,
): Promise<void> {
  for (const person of people) {
    const known = await staff.findByAccount(person.account, tx)
    if (known && known.county !== code) throw new Error(`Account ${person.account} belongs to county ${known.county}`)
    const staffId = known?._id ?? newId()
    ids.set(person.account, staffId)
    if (!known) await staff.insert(demoStaff(code, staffId, person, hashes.get(person.account) ?? ''), tx)
  }
}

function demoStaff(county: string, _id: string, person: DemoPerson, hash: string): Staff {
  return {
    _id,
    county,
    ...person,
    language: 'zh-CN',
    generation: 1,
    password: { hash, setAt: SINCE },
    validFrom: SINCE,
    version: 1,
  }
}

async function hashesOf(
  people: readonly DemoPerson[],
  passwordOf: (account: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const byPassword = new Map<string, string>()
  const byAccount = new Map<string, string>()
  for (const { account } of people) {
    const password = passwordOf(account)
    const hash = byPassword.get(password) ?? (await hashPassword(password))
    byPassword.set(password, hash)
    byAccount.set(account, hash)
  }
  return byAccount
}

async function seedWindowsAndLine(
  { windows, hotlines }: SeedDirectoryServices,
  county: DemoCounty,
  ids: ReadonlyMap<string, string>,
  tx: Tx,
): Promise<void> {
  const { code, prefix } = county
  for (const township of county.townships) {
    const unit = `${code}${township.code}`
    const _id = `${unit}-window`
    if (await windows.find(code, _id, tx)) continue
    const holderId = ids.get(`${prefix}W-${township.short}`)
    const sign = { name: '社会救助窗口', place: `${township.name}便民服务中心一楼` }
    const window = { _id, county: code, unit, ...sign, hours: OFFICE_HOURS, phone: demoPhone(unit) }
    await windows.insert({ ...window, ...(holderId ? { holderId } : {}), validFrom: SINCE, version: 1 }, tx)
  }
  const _id = `${code}-line`
  if (await hotlines.find(code, _id, tx)) return
  const line = { _id, county: code, number: demoPhone(`${code}000`), name: `${county.name}救助热线`, level: 3 as const }
  const rest = { unit: `${code}-hotline`, hours: [], language: 'zh-CN' as const, holder: 'open' }
  await hotlines.insert({ ...line, ...rest, validFrom: SINCE, version: 1 }, tx)
}

async function seedRoster(
  { roster }: SeedDirectoryServices,
  county: DemoCounty,
  ids: ReadonlyMap<string, string>,
  tx: Tx,
): Promise<void> {
  for (const { account, unit, part, pattern } of demoShifts(county)) {
    const staffId = ids.get(account) ?? ''
    const _id = `${unit}-${part}-${staffId}`
    if (await roster.findShift(county.code, _id, tx)) continue
    await roster.insertShift(
      { _id, county: county.code, unit, staffId, part, pattern, validFrom: SINCE, version: 1 },
      tx,
    )
  }
}
