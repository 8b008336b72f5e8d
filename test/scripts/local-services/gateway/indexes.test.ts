import { expect } from 'chai'
import { buildIndex, failureOf, useDatabase } from './gateway-client.ts'

describe('Gateway - indexes', () => {
  const at = useDatabase('indexes')

  it('builds, lists and drops them, and names them as asked', async () => {
    const things = at.db.collection('listed')
    expect(await buildIndex(things, { a: 1, b: -1 })).to.equal('a_1_b_-1')
    await buildIndex(things, { c: 1 }, { name: 'mine', sparse: true })
    expect(await things.indexes()).to.deep.equal([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1' },
      { v: 2, key: { c: 1 }, name: 'mine', sparse: true },
    ])
    await things.dropIndex('mine')
    expect((await things.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'a_1_b_-1'])
    expect(await failureOf(things.dropIndex('mine'))).to.include({ code: 27 })
  })

  it('takes an index that is there already, and refuses another one of that name', async () => {
    const things = at.db.collection('repeated')
    await buildIndex(things, { a: 1 }, { name: 'one' })
    expect(await buildIndex(things, { a: 1 }, { name: 'one' })).to.equal('one')
    expect((await failureOf(buildIndex(things, { b: 1 }, { name: 'one' })))['code']).to.be.oneOf([85, 86])
  })

  it('guards a unique index as soon as its building is answered', async () => {
    const things = at.db.collection('unique')
    await buildIndex(things, { county: 1, no: 1 }, { unique: true })
    await things.insertOne({ county: '320614', no: 1 })
    await things.insertOne({ county: '320614', no: 2 })
    const failure = await failureOf(things.insertOne({ county: '320614', no: 1 }))
    expect(failure).to.include({ code: 11000 })
    expect(failure['keyPattern']).to.deep.equal({ county: 1, no: 1 })
    expect(failure['keyValue']).to.deep.equal({ county: '320614', no: 1 })
    expect(failure.message).to.match(
      /^E11000 duplicate key error collection: \S+\.unique index: county_1_no_1 dup key: /,
    )
  })

  it('refuses a unique index over documents that already break it', async () => {
    const things = at.db.collection('broken')
    await things.insertMany([{ a: 1 }, { a: 1 }])
    expect(await failureOf(buildIndex(things, { a: 1 }, { unique: true }))).to.include({ code: 11000 })
  })

  it('guards a partial unique index only where its filter holds', async () => {
    const things = at.db.collection('partial')
    await buildIndex(things, { no: 1 }, { unique: true, partialFilterExpression: { state: 'open' } })
    await things.insertMany([
      { no: 1, state: 'closed' },
      { no: 1, state: 'closed' },
      { no: 1, state: 'open' },
    ])
    expect(await failureOf(things.insertOne({ no: 1, state: 'open' }))).to.include({ code: 11000 })
    expect(await failureOf(things.updateOne({ state: 'closed' }, { $set: { state: 'open' } }))).to.include({
      code: 11000,
    })
    expect(await things.countDocuments({ state: 'open' })).to.equal(1)
  })

  it('guards a sparse unique index only where the field is there', async () => {
    const things = at.db.collection('sparse')
    await buildIndex(things, { no: 1 }, { unique: true, sparse: true })
    await things.insertMany([{ a: 1 }, { a: 2 }, { no: 1 }])
    expect(await failureOf(things.insertOne({ no: 1 }))).to.include({ code: 11000 })
  })

  it('keeps what a TTL index was asked for', async () => {
    const things = at.db.collection('expiring')
    await buildIndex(things, { at: 1 }, { expireAfterSeconds: 3_600 })
    expect((await things.indexes())[1]).to.deep.include({ key: { at: 1 }, expireAfterSeconds: 3_600 })
  })

  it('tells pattern and value of a duplicate _id', async () => {
    const things = at.db.collection<{ _id: string }>('ids')
    await things.insertOne({ _id: 'a' })
    const failure = await failureOf(things.insertOne({ _id: 'a' }))
    expect(failure).to.include({ code: 11000 })
    expect(failure['keyPattern']).to.deep.equal({ _id: 1 })
    expect(failure['keyValue']).to.deep.equal({ _id: 'a' })
  })

  it('tells pattern and value when an update, an upsert or a findAndModify breaks it', async () => {
    const things = at.db.collection('updated')
    await buildIndex(things, { 'place.code': 1 }, { unique: true })
    await things.insertMany([
      { n: 1, place: { code: 'a' } },
      { n: 2, place: { code: 'b' } },
    ])
    const attempts = [
      () => things.updateOne({ n: 2 }, { $set: { 'place.code': 'a' } }),
      () => things.updateOne({ n: 3 }, { $setOnInsert: { place: { code: 'a' } } }, { upsert: true }),
      () => things.findOneAndUpdate({ n: 2 }, { $set: { 'place.code': 'a' } }),
    ]
    for (const attempt of attempts) {
      const failure = await failureOf(attempt())
      expect(failure).to.include({ code: 11000 })
      expect(failure['keyPattern']).to.deep.equal({ 'place.code': 1 })
      expect(failure['keyValue']).to.deep.equal({ 'place.code': 'a' })
    }
  })
})
