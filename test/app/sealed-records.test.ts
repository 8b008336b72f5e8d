import { expect } from 'chai'
import type { Connection } from 'mongoose'
import { registerModels } from '../../src/app/models.ts'
import { SEALED_COLLECTIONS } from '../../src/app/sealed-records.ts'
import { rotatableCollection } from '../../src/platform/mongo/index.ts'
import type { FieldVault, SealedCollection, StoredRecord } from '../../src/platform/privacy/index.ts'
import { createFieldVault, rotateRecords } from '../../src/platform/privacy/index.ts'
import { freshCounty, testStores } from '../support/database.ts'

const OLD = Buffer.alloc(32, 7)
const NEW = Buffer.alloc(32, 8)

describe('App - sealed records', () => {
  const county = freshCounty()
  let connection: Connection

  before(async () => {
    connection = (await testStores(registerModels)).connection
  })

  for (const sealed of SEALED_COLLECTIONS)
    it(`seals every declared field of ${sealed.collection} again, each place of a list on its own`, async () => {
      const record = recordOf(sealed, createFieldVault([OLD]))
      const records = connection.collection<StoredRecord>(sealed.collection)
      await records.insertOne(record)
      const both = rotatableCollection({ connection, vault: createFieldVault([NEW, OLD]) }, sealed, county)
      expect(await rotateRecords(both)).to.include({ seen: 1, rotated: 1 })
      const rotated = (await records.findOne({ _id: record._id })) as unknown as StoredRecord
      expect(textsOf(sealed, createFieldVault([NEW]), rotated)).to.deep.equal(
        textsOf(sealed, createFieldVault([OLD]), record),
      )
      expect(await rotateRecords(both)).to.include({ seen: 1, rotated: 0 })
    })

  /** A record with a text in every declared place, two in every list. */
  function recordOf({ collection, fields }: SealedCollection, vault: FieldVault): StoredRecord {
    const _id = `${county}/sealed`
    const record: Record<string, unknown> = { _id, county }
    for (const { path, field = () => path } of fields) {
      const [list = '', rest] = path.split('.*.')
      const positions = rest === undefined ? [list] : [`${list}.0.${rest}`, `${list}.1.${rest}`]
      positions.forEach((at, position) => {
        put(record, at, vault.seal(`text of ${at}`, { collection, field: field(position), record: _id }))
      })
    }
    return record as StoredRecord
  }

  /** Every text of a record by its place, opened with one key alone. */
  function textsOf({ collection, fields }: SealedCollection, vault: FieldVault, record: StoredRecord): object {
    const texts: Record<string, string> = {}
    for (const { path, field = () => path } of fields) {
      const [list = '', rest] = path.split('.*.')
      const positions = rest === undefined ? [list] : [`${list}.0.${rest}`, `${list}.1.${rest}`]
      positions.forEach((at, position) => {
        const value = at.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], record)
        texts[at] = vault.open(value as never, { collection, field: field(position), record: record._id })
      })
    }
    return texts
  }
})

function put(record: Record<string, unknown>, path: string, value: unknown): void {
  const [name = '', ...rest] = path.split('.')
  if (rest.length === 0) record[name] = value
  else {
    record[name] ??= /^\d+$/.test(rest[0] ?? '') ? [] : {}
    put(record[name] as Record<string, unknown>, rest.join('.'), value)
  }
}
