import type { InTransaction, Tx } from '../journal/index.ts'
import { systemActor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import { newId } from '../shared/ids.ts'
import type { DivisionStore } from './divisions/division-store.ts'
import { isInForce } from './divisions/division.ts'
import { hashPassword, newOneTimePassword } from './sign-in/password-hash.ts'
import { oneTimePassword } from './staff/one-time-password.ts'
import type { Staff } from './staff/staff.ts'
import { accountKey } from './staff/staff.ts'
import { roleCodes, staffFact } from './staff/staff-events.ts'
import type { StaffStore } from './staff/staff-store.ts'
import { STANDARD_BODIES, STANDARD_DEPARTMENTS } from './units/standard-units.ts'
import type { Unit, UnitKind } from './units/unit.ts'
import { divisionOf } from './units/unit.ts'
import { unitAdded } from './units/unit-events.ts'
import type { UnitStore } from './units/unit-store.ts'

export interface SetUpCountyServices {
  readonly divisions: DivisionStore
  readonly units: UnitStore
  readonly staff: StaffStore
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** A county that is ready for its administrator. */
export interface SetUpCounty {
  readonly county: string
  readonly units: number
  readonly account: string
  /** Told once and kept nowhere. */
  readonly oneTimePassword: string
}

/**
 * Prepares an empty database for a county: its own unit, a unit for each township the division list has, the usual departments and bodies, and
 * one administrator. All of it or nothing.
 *
 * @param input.county - county code, 6 digits
 * @param input.name - name of the county, e.g. 海门区
 * @param input.admin - account and name of the administrator
 * @throws DomainError `setup.county_form`, `setup.name_form`, `setup.not_empty`, `staff.account_form`
 */
export async function setUpCounty(
  services: SetUpCountyServices,
  input: { readonly county: string; readonly name: string; readonly admin: string },
): Promise<SetUpCounty> {
  const { county, admin } = input
  const name = input.name.trim()
  if (!/^[1-9]\d{5}$/.test(county))
    throw new DomainError('setup.county_form', '县代码是 6 位数字 · A county code has 6 digits')
  if (name === '') throw new DomainError('setup.name_form', '请写县（市、区）名称 · Give the name of the county')
  if (accountKey(admin) === undefined)
    throw new DomainError(
      'staff.account_form',
      '账号最多 32 个字母、数字、汉字、点、短横线 · Accounts are 1 to 32 letters, digits, dots or dashes',
    )

  const password = newOneTimePassword()
  const hash = await hashPassword(password)
  const key = `setup/${newId()}`
  const by = { actor: systemActor(county), key, bodyHash: key }
  const done = await services.inTransaction(by, async (tx) => {
    await refuseUnlessEmpty(services, tx)
    const units = await unitsOf(services, county, name, tx.at)
    for (const unit of units) {
      await services.units.insert(unit, tx)
      tx.announce(unitAdded(unit))
    }
    const person = administrator(county, admin, hash, tx.at)
    await services.staff.insert(person, tx)
    tx.announce(staffFact('staff.added', person._id, { unit: county, roles: roleCodes(person.roles) }))
    return { county, units: units.length, account: person.account }
  })
  services.units.forget(county)
  services.staff.forget(county)
  return { ...done, oneTimePassword: password }
}

async function refuseUnlessEmpty({ units, staff }: SetUpCountyServices, tx: Tx): Promise<void> {
  if (!(await units.isEmpty(tx)) || !(await staff.isEmpty(tx)))
    throw new DomainError(
      'setup.not_empty',
      '数据库里已有数据，初始化只用于空库 · The database holds data already; set-up is for an empty one',
    )
}

async function unitsOf({ divisions }: SetUpCountyServices, county: string, name: string, at: Date): Promise<Unit[]> {
  const unit = (_id: string, kind: UnitKind, full: string, shortName: string): Unit => ({
    _id,
    county,
    kind,
    name: full,
    shortName,
    ...divisionOf(_id, kind),
    ...(kind === 'county' ? {} : { parent: county }),
    validFrom: at,
    version: 1,
  })
  const below = await divisions.below(county)
  const townships = below.filter(
    (division) => (division.kind === 'township' || division.kind === 'street') && isInForce(division, at),
  )
  return [
    unit(county, 'county', `${name}民政局`, `${name}民政局`),
    ...townships.map((division) => unit(division._id, 'township', division.name, division.name)),
    ...STANDARD_DEPARTMENTS.map(([word, office, short]) =>
      unit(`${county}-${word}`, 'department', name + office, short),
    ),
    ...STANDARD_BODIES.map(([word, body]) => unit(`${county}-${word}`, 'body', name + body, body)),
    unit(`${county}-hotline`, 'hotline', `${name}社会救助服务热线`, '救助热线'),
  ]
}

function administrator(county: string, admin: string, hash: string, at: Date): Staff {
  const account = admin.normalize('NFKC').trim()
  return {
    _id: newId(),
    county,
    account,
    name: account,
    unit: county,
    roles: [{ role: 'administrator', unit: county }],
    language: 'zh-CN',
    generation: 1,
    password: oneTimePassword(hash, at),
    validFrom: at,
    version: 1,
  }
}
