import { expect } from 'chai'
import { buildIndex, connectClient, failureOf, useDatabase } from './gateway-client.ts'

describe('Gateway - commands', () => {
  const at = useDatabase('commands')

  it('says hello as the primary of its replica set, with sessions and the limits of MongoDB', async () => {
    const hello = await at.db.command({ hello: 1 })
    expect(hello).to.include({ ok: 1, isWritablePrimary: true, setName: 'rs0', maxWireVersion: 21, readOnly: false })
    expect(hello).to.include({ maxBsonObjectSize: 16_777_216, logicalSessionTimeoutMinutes: 30 })
    expect(hello['hosts']).to.deep.equal([hello['me']])
  })

  it('says hello in the old way too', async () => {
    for (const name of ['isMaster', 'ismaster']) {
      expect(await at.db.command({ [name]: 1 })).to.include({ ok: 1, ismaster: true, setName: 'rs0' })
    }
  })

  it('answers ping, buildInfo, connectionStatus and serverStatus', async () => {
    expect(await at.db.command({ ping: 1 })).to.include({ ok: 1 })
    expect((await at.db.admin().buildInfo())['versionArray']).to.deep.equal([7, 0, 0, 0])
    expect(await at.db.command({ connectionStatus: 1 })).to.have.nested.property('authInfo.authenticatedUsers')
    const status = await at.db.admin().serverStatus()
    expect(status).to.include({ ok: 1, process: 'gateway' })
    expect(status['uptimeMillis']).to.be.greaterThan(0)
  })

  it('refuses a command it does not know with code 59, whatever its name', async () => {
    for (const name of ['getParameter', 'noSuchThing', 'constructor', '__proto__x']) {
      const failure = await failureOf(at.db.command({ [name]: 1 }))
      expect(failure).to.include({ code: 59, codeName: 'CommandNotFound' })
      expect(failure.message).to.contain(name)
    }
  })

  it('makes, lists, changes, renames and drops collections', async () => {
    await at.db.createCollection('made')
    expect(await at.db.listCollections({ name: 'made' }).toArray()).to.have.lengthOf(1)
    const other = { viewOn: 'things', pipeline: [] }
    expect(await failureOf(at.db.createCollection('made', other))).to.include({ code: 48, codeName: 'NamespaceExists' })
    expect(await at.db.command({ collMod: 'made', validationLevel: 'moderate' })).to.include({ ok: 1 })
    await at.db.collection('made').insertOne({ a: 1 })
    await at.db.collection('made').rename('renamed')
    expect(await at.db.collection('renamed').countDocuments()).to.equal(1)
    expect(await at.db.dropCollection('renamed')).to.equal(true)
    expect(await at.db.listCollections({ name: 'renamed' }).toArray()).to.deep.equal([])
  })

  it('says 26 when a collection to be dropped does not exist', async () => {
    expect(await failureOf(at.db.command({ drop: 'nothing' }))).to.include({ code: 26, codeName: 'NamespaceNotFound' })
  })

  it('lists and drops databases', async () => {
    const client = await connectClient()
    const name = `conformance_dropped_${process.pid}`
    await client.db(name).collection('a').insertOne({ a: 1 })
    const names = async (): Promise<string[]> =>
      (await client.db('admin').admin().listDatabases()).databases.map((one) => one.name)
    expect(await names()).to.include(name)
    await client.db(name).dropDatabase()
    expect(await names()).to.not.include(name)
    await client.close()
  })

  it('inserts documents that follow the command as a sequence, and those inside it', async () => {
    const things = at.db.collection('sequences')
    await things.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }])
    await at.db.command({ insert: 'sequences', documents: [{ n: 4 }] })
    await things.updateMany({ n: { $gt: 2 } }, { $set: { large: true } })
    await at.db.command({ delete: 'sequences', deletes: [{ q: { n: 1 }, limit: 1 }] })
    const found = await things.find({}, { projection: { _id: 0 }, sort: { n: 1 } }).toArray()
    expect(found).to.deep.equal([{ n: 2 }, { n: 3, large: true }, { n: 4, large: true }])
  })

  it('counts, estimates and tells apart', async () => {
    const things = at.db.collection('counted')
    await things.insertMany([{ kind: 'a' }, { kind: 'a' }, { kind: 'b' }])
    expect(await things.countDocuments({ kind: 'a' })).to.equal(2)
    expect(await things.estimatedDocumentCount()).to.equal(3)
    expect((await things.distinct('kind')).sort()).to.deep.equal(['a', 'b'])
  })

  it('finds and modifies: update, replace, upsert, delete', async () => {
    const things = at.db.collection<{ _id: string; n?: number; m?: number }>('modified')
    await things.insertOne({ _id: 'x', n: 1 })
    expect(await things.findOneAndUpdate({ _id: 'x' }, { $inc: { n: 1 } })).to.deep.equal({ _id: 'x', n: 1 })
    const after = { returnDocument: 'after' } as const
    expect(await things.findOneAndUpdate({ _id: 'x' }, { $inc: { n: 1 } }, after)).to.deep.equal({ _id: 'x', n: 3 })
    expect(await things.findOneAndReplace({ _id: 'x' }, { m: 1 }, after)).to.deep.equal({ _id: 'x', m: 1 })
    const upsert = { ...after, upsert: true }
    expect(await things.findOneAndUpdate({ _id: 'y' }, { $set: { n: 9 } }, upsert)).to.deep.equal({ _id: 'y', n: 9 })
    expect(await things.findOneAndDelete({ _id: 'y' })).to.deep.equal({ _id: 'y', n: 9 })
    expect(await things.findOneAndUpdate({ _id: 'z' }, { $set: { n: 1 } })).to.equal(null)
  })

  it('validates, measures and compacts a collection', async () => {
    await at.db.collection('kept').insertMany([{ a: 1 }, { a: 2 }])
    expect(await at.db.command({ validate: 'kept' })).to.include({ ok: 1, valid: true })
    expect(await at.db.command({ collStats: 'kept' })).to.include({ ok: 1, ns: `${at.db.databaseName}.kept` })
    expect(await at.db.command({ dbStats: 1 })).to.include({ ok: 1, db: at.db.databaseName })
    expect(await at.db.command({ compact: 'kept' })).to.include({ ok: 1 })
    expect(await failureOf(at.db.command({ compact: 'nothing' }))).to.include({ code: 26 })
  })

  it('explains a find by the plan of the engine', async () => {
    await buildIndex(at.db.collection('explained'), { a: 1 })
    await at.db.collection('explained').insertOne({ a: 1 })
    const plan = await at.db.collection('explained').find({ a: 1 }).explain('queryPlanner')
    expect(plan['queryPlanner']).to.include({ namespace: `${at.db.databaseName}.explained` })
    expect(JSON.stringify(plan['queryPlanner'])).to.contain('a_1')
  })

  it('carries out writes that want no answer', async () => {
    const things = at.db.collection('unanswered')
    await things.insertOne({ a: 1 }, { writeConcern: { w: 0 } })
    let count = 0
    for (let tries = 0; tries < 100 && count === 0; tries += 1) count = await things.countDocuments()
    expect(count).to.equal(1)
  })

  it('keeps every BSON type as it was', async () => {
    const { Binary, Decimal128, Int32, Long, ObjectId, Timestamp, UUID } = await import('mongodb')
    const document = {
      _id: new ObjectId(),
      text: '䶮𠮷 "quoted" \u0000 zero',
      int: new Int32(7),
      long: Long.fromString('9007199254740993'),
      double: 0.1,
      decimal: Decimal128.fromString('1234.50'),
      date: new Date('2026-05-01T00:00:00Z'),
      bytes: new Binary(Buffer.from([0, 1, 255])),
      id: new UUID(),
      stamp: new Timestamp({ t: 1, i: 2 }),
      pattern: /^a.*z$/i,
      nothing: null,
      yes: true,
      list: [1, 'two', { three: 3 }],
    }
    const things = at.db.collection('typed')
    await things.insertOne(document)
    expect(await things.findOne({ _id: document._id }, { promoteValues: false })).to.deep.include({
      long: document.long,
      int: document.int,
      decimal: document.decimal,
    })
    const plain = await things.findOne({ _id: document._id }, { promoteLongs: false })
    expect(plain?.['text']).to.equal(document.text)
    expect((plain?.['bytes'] as typeof document.bytes).value()).to.deep.equal(document.bytes.value())
    expect(plain?.['date']).to.deep.equal(document.date)
    expect(plain?.['list']).to.deep.equal(document.list)
  })
})
