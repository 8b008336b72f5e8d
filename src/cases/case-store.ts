import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native, replaceVersion } from '../platform/mongo/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { Filter } from '../shared/permissions.ts'
import type { CaseRecord } from './case.ts'
import { caseId } from './case.ts'
import { caseModel } from './case-model.ts'
import type { StoredCase } from './case-model.ts'
import { isOpen } from './change-case.ts'

/** A page of a list: newest position to continue after, when there is more. */
export interface CasePage {
  readonly cases: readonly CaseRecord[]
  readonly next?: string
}

export interface CaseListQuery {
  /** From the permission table: the cases this actor may see. */
  readonly visible: Filter
  /** Narrows further, such as `{ unit }`. */
  readonly where?: Filter
  readonly limit: number
  readonly after?: string
}

/** The queries the domain needs. Every one begins with the county. */
export interface CaseStore {
  find(county: string, no: string, session?: ClientSession): Promise<CaseRecord | null>
  /** Inside a transaction: the case, or `case.not_found`. */
  get(tx: Tx, no: string): Promise<CaseRecord>
  insert(tx: Tx, record: CaseRecord): Promise<void>
  /** Saves over exactly the version that was read; answers the saved record. @throws DomainError `version.stale` */
  save(tx: Tx, before: CaseRecord, after: CaseRecord): Promise<CaseRecord>
  /** Open cases by urgency, then nearest clock. */
  listOpen(county: string, query: CaseListQuery): Promise<CasePage>
  /** Newest first, open or closed. */
  listNewest(county: string, query: CaseListQuery): Promise<CasePage>
  openOfPerson(county: string, personIds: readonly string[]): Promise<readonly CaseRecord[]>
  /** Whether a unit has or had another case of a person. */
  hasOtherOf(tx: Tx, personId: string, unit: string, thanNo: string): Promise<boolean>
  /** Numbers of the open cases somebody is responsible for. */
  openNosOf(county: string, staffId: string): Promise<readonly string[]>
  /** Everybody who is responsible for an open case. */
  ownersOf(county: string): Promise<readonly string[]>
  /** Numbers of open cases without exactly one responsible unit and person: there must be none. */
  unownedNos(county: string): Promise<readonly string[]>
  countOpen(county: string, where: Filter): Promise<number>
}

/** Most violations named at once. */
const MOST_UNOWNED = 100

export function createCaseStore(connection: Connection): CaseStore {
  const cases = native(caseModel(connection))

  const find: CaseStore['find'] = async (county, no, session) =>
    await cases.findOne({ _id: caseId(county, no) }, session ? { session } : {})

  return {
    find,
    async get(tx, no) {
      const found = await find(tx.county, no, tx.session)
      if (!found) throw new DomainError('case.not_found', `No case ${no}`, { no })
      return found
    },
    async insert(tx, record) {
      await cases.insertOne(stored(record), { session: tx.session })
    },
    save: (tx, before, after) => replaceVersion(cases, tx, before, after, stored),
    async listOpen(county, { visible, where, limit, after }) {
      const { urgency, dueAt, id } = positionOf(after)
      const beyond = after
        ? {
            $or: [
              { urgency: { $gt: urgency } },
              { urgency, nearestDueAt: { $gt: dueAt } },
              { urgency, nearestDueAt: dueAt, _id: { $gt: id } },
            ],
          }
        : {}
      const found = await cases
        .find({ county, isOpen: true, $and: [visible, where ?? {}, beyond] } as object)
        .sort({ urgency: 1, nearestDueAt: 1, _id: 1 })
        .limit(limit + 1)
        .toArray()
      return pageOf(found, limit, ({ urgency: u, nearestDueAt, _id }) =>
        [u, nearestDueAt?.toISOString() ?? '', _id].join('|'),
      )
    },
    async listNewest(county, { visible, where, limit, after }) {
      const beyond = after ? { _id: { $lt: after } } : {}
      const found = await cases
        .find({ county, $and: [visible, where ?? {}, beyond] })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray()
      return pageOf(found, limit, ({ _id }) => _id)
    },
    async openOfPerson(county, personIds) {
      if (personIds.length === 0) return []
      const found = await cases.find({ county, personId: { $in: [...personIds] }, isOpen: true }).toArray()
      return found
    },
    async hasOtherOf({ county, session }, personId, unit, thanNo) {
      const other = { county, personId, unit, no: { $ne: thanNo } }
      return (await cases.findOne(other, { session, projection: { _id: 1 } })) !== null
    },
    async openNosOf(county, staffId) {
      const found = await cases
        .find({ county, 'responsible.staffId': staffId, isOpen: true }, { projection: { no: 1 } })
        .toArray()
      return found.map(({ no }) => no)
    },
    async ownersOf(county) {
      const owners: readonly unknown[] = await cases.distinct('responsible.staffId', { county, isOpen: true })
      return owners.filter((staffId): staffId is string => typeof staffId === 'string' && staffId !== '')
    },
    async unownedNos(county) {
      const nobody = { $in: [null, ''] }
      const unowned = { $or: [{ 'responsible.staffId': nobody }, { 'responsible.unit': nobody }, { unit: nobody }] }
      const found = await cases
        .find({ county, isOpen: true, ...unowned } as object, { projection: { no: 1 } })
        .limit(MOST_UNOWNED)
        .toArray()
      return found.map(({ no }) => no)
    },
    countOpen: (county, where) => cases.countDocuments({ county, isOpen: true, ...where }),
  }
}

function stored(record: CaseRecord): StoredCase {
  return { ...record, isOpen: isOpen(record) }
}

function pageOf(found: readonly StoredCase[], limit: number, positionAfter: (last: StoredCase) => string): CasePage {
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return found.length > limit && last ? { cases: shown, next: positionAfter(last) } : { cases: shown }
}

function positionOf(after = ''): { urgency: string; dueAt: Date; id: string } {
  const [urgency = '', dueAt = '', id = ''] = after.split('|')
  return { urgency, dueAt: new Date(dueAt || 0), id }
}
