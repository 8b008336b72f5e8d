import type { ClientSession, Connection } from 'mongoose'
import { isDuplicateKeyIn } from '../journal/index.ts'
import type { Tx } from '../journal/index.ts'
import { native } from '../platform/mongo/index.ts'
import { DomainError } from '../shared/errors.ts'
import type { Filter } from '../shared/permissions.ts'
import type { LookRecord } from './look.ts'
import type { PersonRecord, SealedField } from './person.ts'
import { peopleModels } from './person-model.ts'

/** What a search asks for. */
export interface TokenQuery {
  /** Keyed tokens; any of them. */
  readonly tokens: readonly string[]
  /** Most records answered. */
  readonly limit: number
  /** Sealed fields wanted; all when none are named. */
  readonly fields?: readonly SealedField[]
  /** Narrows further, such as by permission. */
  readonly where?: Filter
  readonly session?: ClientSession
}

/** The queries this domain needs. Every one begins with the county. */
export interface PersonStore {
  find(county: string, personId: string, session?: ClientSession): Promise<PersonRecord | null>
  /** Inside a transaction: the person, or `person.not_found`. */
  get(tx: Tx, personId: string): Promise<PersonRecord>
  findMany(county: string, personIds: readonly string[]): Promise<readonly PersonRecord[]>
  findByTokens(county: string, query: TokenQuery): Promise<readonly PersonRecord[]>
  findByIdentity(
    county: string,
    tokens: readonly string[],
    options?: { readonly session?: ClientSession; readonly where?: Filter },
  ): Promise<PersonRecord | null>
  /** @throws DomainError `person.already_known` when the identity number is another person's */
  insert(tx: Tx, person: PersonRecord): Promise<void>
  /** Saves over exactly the version that was read. @throws DomainError `version.stale`, `person.already_known` */
  save(tx: Tx, before: PersonRecord, after: PersonRecord): Promise<PersonRecord>
  /** Replaces only what a new key changes, unless the record changed meanwhile. */
  reseal(before: PersonRecord, sealed: Pick<PersonRecord, 'sealed' | 'tokens' | 'identityToken'>): Promise<boolean>
  /** Notes that somebody works with the record: retention counts from here. True when the unit had not known the person before. */
  touch(tx: Tx, personId: string, unit: string | undefined): Promise<boolean>
  /** The unit knows the person no longer. */
  forget(tx: Tx, personId: string, unit: string): Promise<void>
  addLook(tx: Tx, look: LookRecord): Promise<void>
  removeLooks(tx: Tx, personId: string): Promise<void>
  /** Records nobody has worked with since a moment, oldest id first, not yet erased. */
  unusedSince(
    county: string,
    before: Date,
    page: { after?: string | undefined; limit: number },
  ): Promise<readonly PersonRecord[]>
  idsAfter(county: string, after: string | undefined, limit: number): Promise<readonly string[]>
}

export function createPersonStore(connection: Connection): PersonStore {
  const models = peopleModels(connection)
  const people = native(models.people)
  const looks = native(models.looks)

  const find: PersonStore['find'] = async (county, personId, session) =>
    people.findOne<PersonRecord>({ county, _id: personId }, session ? { session } : {})

  return {
    find,
    async get(tx, personId) {
      const found = await find(tx.county, personId, tx.session)
      if (!found) throw new DomainError('person.not_found', `No person ${personId}`, { personId })
      return found
    },
    async findMany(county, personIds) {
      if (personIds.length === 0) return []
      return await people.find({ county, _id: { $in: [...personIds] } }).toArray()
    },
    async findByTokens(county, { tokens, limit, fields, where, session }) {
      if (tokens.length === 0) return []
      const anyToken = tokens.length === 1 ? tokens[0] : { $in: [...tokens] }
      const found = await people
        .find({ county, tokens: anyToken, ...where } as object, {
          ...(fields ? { projection: projectionOf(fields) } : {}),
          ...(session ? { session } : {}),
        })
        .limit(limit)
        .toArray()
      return found
    },
    async findByIdentity(county, tokens, { session, where } = {}) {
      const anyToken = { county, identityToken: { $in: [...tokens] }, ...where } as object
      return people.findOne<PersonRecord>(anyToken, session ? { session } : {})
    },
    async insert(tx, person) {
      await people.insertOne(person, { session: tx.session }).catch(sayAlreadyKnown)
    },
    async save(tx, before, after) {
      const saved = { ...after, version: before.version + 1, updatedAt: tx.at, usedAt: tx.at }
      const place = { county: tx.county, _id: before._id, version: before.version }
      const { matchedCount } = await people.replaceOne(place, saved, { session: tx.session }).catch(sayAlreadyKnown)
      if (matchedCount === 0) throw stalePerson(before)
      return saved
    },
    async reseal({ county, _id, version }, { sealed, tokens, identityToken }) {
      const fields = { sealed, tokens, ...(identityToken === undefined ? {} : { identityToken }) }
      const { matchedCount } = await people.updateOne({ county, _id, version }, { $set: fields })
      return matchedCount === 1
    },
    async touch(tx, personId, unit) {
      const used = { $set: { usedAt: tx.at } }
      const change = async (where: object, what: object): Promise<boolean> => {
        const place = { county: tx.county, _id: personId, ...where }
        return (await people.updateOne(place, what, { session: tx.session })).matchedCount === 1
      }
      if (unit !== undefined && (await change({ knownTo: { $ne: unit } }, { ...used, $addToSet: { knownTo: unit } })))
        return true
      if (!(await change({}, used))) throw new DomainError('person.not_found', `No person ${personId}`, { personId })
      return false
    },
    async forget(tx, personId, unit) {
      const change = { $pull: { knownTo: unit } } as object
      await people.updateOne({ county: tx.county, _id: personId }, change, { session: tx.session })
    },
    async addLook(tx, look) {
      await looks.insertOne(look, { session: tx.session })
    },
    async removeLooks(tx, personId) {
      await looks.deleteMany({ county: tx.county, personId }, { session: tx.session })
    },
    async unusedSince(county, before, { after, limit }) {
      const beyond = after === undefined ? {} : { _id: { $gt: after } }
      const found = await people
        .find({ county, usedAt: { $lt: before }, erasedAt: { $exists: false }, ...beyond } as object)
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return found
    },
    async idsAfter(county, after, limit) {
      const beyond = after === undefined ? {} : { _id: { $gt: after } }
      const found = await people
        .find({ county, ...beyond }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return found.map(({ _id }) => _id)
    },
  }
}

/** The refusal of a change made against an older version. */
export function stalePerson({ _id, version }: Pick<PersonRecord, '_id' | 'version'>): DomainError {
  return new DomainError('version.stale', `Person ${_id} was changed by somebody else`, { personId: _id, version })
}

/** Clear fields are few; of the sealed ones only those asked for travel. */
function projectionOf(fields: readonly SealedField[]): Record<string, 1> {
  const clear = ['county', 'version', 'kind', 'residence', 'tags', 'notes', 'householdId', 'knownTo']
  return Object.fromEntries([...clear, ...fields.map((field) => `sealed.${field}`)].map((path) => [path, 1]))
}

/** Two who register the same number at the same moment: the index lets one through. */
function sayAlreadyKnown(error: unknown): never {
  if (isDuplicateKeyIn(error, 'people')) {
    throw new DomainError('person.already_known', 'Somebody with this identity number is already registered')
  }
  throw error
}
