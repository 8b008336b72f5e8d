import { expect } from 'chai'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decimal128, Int32, Long } from 'mongodb'
import type { Db, MongoClient } from 'mongodb'
import { backUp } from '../../scripts/backup/back-up.ts'
import { restoreBackup } from '../../scripts/backup/restore-backup.ts'
import { connectClient, failureOf, gatewayUri } from './local-services/gateway/gateway-client.ts'

describe('Scripts - backup and restore', function () {
  this.timeout(60_000)
  let client: MongoClient
  let folder: string
  let serial = 0

  before(async () => {
    client = await connectClient()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backup-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })
  after(async () => {
    const { databases } = await client.db('admin').admin().listDatabases()
    const own = databases.filter(({ name }) => name.startsWith(`backup_${process.pid}_`))
    for (const { name } of own) await client.db(name).dropDatabase()
    await client.close()
  })

  /** An empty database of its own, and the connection string that names it. */
  function aDatabase(): { db: Db; mongoUri: string } {
    serial += 1
    const db = client.db(`backup_${process.pid}_${serial}`)
    const uri = new URL(gatewayUri())
    uri.pathname = `/${db.databaseName}`
    return { db, mongoUri: uri.href }
  }

  const at = (name: string): string => join(folder, name)
  const save = (mongoUri: string, into = 'copy') =>
    backUp({ mongoUri, dataDir: at('data'), into: at(into), now: () => new Date('2026-05-01T00:00:00Z') })
  const putBack = (mongoUri: string, force = false, dataDir = at('other')) =>
    restoreBackup({ mongoUri, dataDir, from: at('copy'), force, log: () => undefined })

  it('brings back every document, type, index and file', async () => {
    const { db, mongoUri } = aDatabase()
    const things = db.collection('things')
    const many = Array.from({ length: 2_500 }, (_, n) => ({
      n: new Int32(n),
      fen: Long.fromNumber(n),
      text: '救急'.repeat(n % 50),
    }))
    await things.insertMany([
      ...many,
      { n: new Int32(-1), sum: Decimal128.fromString('1.50'), at: new Date(5), pattern: /^a/i },
    ])
    await things.createIndex({ n: 1 }, { unique: true, partialFilterExpression: { n: { $gte: 0 } } }, {})
    await db.collection('empty').createIndex({ at: 1 }, { expireAfterSeconds: 60 }, {})
    await mkdir(at('data/files/ab'), { recursive: true })
    await writeFile(at('data/files/ab/photo'), Buffer.from([0, 1, 2, 255]))
    const manifest = await save(mongoUri)
    expect(manifest.collections.map(({ name, documents }) => [name, documents])).to.deep.equal([
      ['empty', 0],
      ['things', 2_501],
    ])

    const other = aDatabase()
    await putBack(other.mongoUri)
    const [before, after] = await Promise.all(
      [db, other.db].map((one) =>
        one.collection('things').find({}, { promoteValues: false, bsonRegExp: true }).sort({ _id: 1 }).toArray(),
      ),
    )
    expect(after).to.deep.equal(before)
    for (const name of ['things', 'empty']) {
      expect(await other.db.collection(name).indexes()).to.deep.equal(await db.collection(name).indexes())
    }
    expect(await readFile(at('other/files/ab/photo'))).to.deep.equal(Buffer.from([0, 1, 2, 255]))
    expect((await other.db.listCollections().toArray()).map(({ name }) => name).sort()).to.deep.equal([
      'empty',
      'things',
    ])
  })

  it('copies one instant, whoever writes meanwhile', async () => {
    const { db, mongoUri } = aDatabase()
    await db.collection('a').insertMany(Array.from({ length: 3_000 }, (_, n) => ({ n })))
    await db.createCollection('b')
    const done = new AbortController()
    const writer = (async () => {
      while (!done.signal.aborted) {
        await client.withSession((session) =>
          session.withTransaction(async () => {
            await db.collection('a').insertOne({ n: 0 }, { session })
            await db.collection('b').insertOne({ n: 0 }, { session })
          }),
        )
      }
    })()
    const copies = []
    for (const into of ['one', 'two', 'three']) copies.push(await save(mongoUri, into))
    done.abort()
    await writer
    for (const { collections } of copies) {
      const [a, b] = collections.map(({ documents }) => documents)
      expect(a).to.equal(3_000 + b!)
    }
    expect(copies[2]?.collections[1]?.documents).to.be.greaterThan(0)
  })

  it('refuses a database that is not empty, unless told to replace it', async () => {
    const { db, mongoUri } = aDatabase()
    await db.collection('things').insertOne({ n: 1 })
    await save(mongoUri)
    const other = aDatabase()
    await other.db.collection('things').insertOne({ n: 2 })
    await other.db.collection('elsewhere').insertOne({ n: 3 })
    expect((await failureOf(putBack(other.mongoUri))).message).to.contain('--force')
    expect(await other.db.collection('things').distinct('n')).to.deep.equal([2])
    await putBack(other.mongoUri, true)
    expect(await other.db.collection('things').distinct('n')).to.deep.equal([1])
    expect((await other.db.listCollections().toArray()).map(({ name }) => name)).to.deep.equal(['things'])
  })

  it('refuses a file store that is not empty', async () => {
    const { mongoUri } = aDatabase()
    await save(mongoUri)
    await mkdir(at('other/files'), { recursive: true })
    await writeFile(at('other/files/one'), 'x')
    expect((await failureOf(putBack(aDatabase().mongoUri))).message).to.contain('files')
    await putBack(aDatabase().mongoUri, true)
    expect(await readdir(at('other/files.before'))).to.deep.equal(['one'])
  })

  it('refuses a damaged, cut or incomplete backup before it changes anything', async () => {
    const { db, mongoUri } = aDatabase()
    await db.collection('things').insertMany([{ n: 1 }, { n: 2 }])
    const other = aDatabase()
    await other.db.collection('things').insertOne({ n: 9 })
    const damages: [string, () => Promise<unknown>][] = [
      ['things.bson', () => appendFile(at('copy/collections/things.bson'), 'x')],
      ['things.bson', () => rm(at('copy/collections/things.bson'))],
      ['manifest.json', () => appendFile(at('copy/manifest.json'), ' ')],
      ['manifest.json', () => rm(at('copy/manifest.json'))],
    ]
    for (const [named, damage] of damages) {
      await rm(at('copy'), { recursive: true, force: true })
      await save(mongoUri)
      await damage()
      expect((await failureOf(putBack(other.mongoUri, true))).message).to.contain(named)
      expect(await other.db.collection('things').distinct('n')).to.deep.equal([9])
    }
  })

  it('leaves no half-made backup behind, and touches no folder that holds something', async () => {
    await mkdir(at('copy'))
    await writeFile(at('copy/mine'), 'x')
    const failure = await failureOf(save(aDatabase().mongoUri))
    expect(failure.message).to.contain('not empty')
    expect(await readdir(folder)).to.deep.equal(['copy'])
    expect(await readdir(at('copy'))).to.deep.equal(['mine'])
  })

  it('clears away what an interrupted restore left beside the data', async () => {
    const { db, mongoUri } = aDatabase()
    await db.collection('things').insertOne({ n: 1 })
    await save(mongoUri)
    const other = aDatabase()
    await other.db.collection('restoring.things').insertOne({ n: 5 })
    await putBack(other.mongoUri)
    expect(await other.db.collection('things').distinct('n')).to.deep.equal([1])
  })
})
