import { expect } from 'chai'
import { failureOf, useDatabase } from './gateway-client.ts'

describe('Gateway - writes', () => {
  const at = useDatabase('writes')

  describe('of many at once', () => {
    it('stops an ordered one at its first error', async () => {
      const things = at.db.collection<{ _id: number }>('ordered')
      await things.insertOne({ _id: 2 })
      const failure = await failureOf(things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]))
      expect(failure).to.include({ code: 11000, insertedCount: 1 })
      expect(await things.distinct('_id')).to.have.members([1, 2])
    })

    it('goes on after errors in an unordered one and tells each with its place', async () => {
      const things = at.db.collection<{ _id: number }>('unordered')
      await things.insertMany([{ _id: 2 }, { _id: 4 }])
      const all = [1, 2, 3, 4, 5].map((_id) => ({ _id }))
      const failure = await failureOf(things.insertMany(all, { ordered: false }))
      const errors = failure['writeErrors'] as { index: number; code: number }[]
      expect(errors.map(({ index, code }) => [index, code])).to.deep.equal([
        [1, 11000],
        [3, 11000],
      ])
      expect(await things.countDocuments()).to.equal(5)
    })

    it('mixes inserts, updates, upserts and deletes in order', async () => {
      const things = at.db.collection<{ _id: number; n?: number }>('mixed')
      const result = await things.bulkWrite([
        { insertOne: { document: { _id: 1, n: 1 } } },
        { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
        { updateOne: { filter: { _id: 2 }, update: { $set: { n: 5 } }, upsert: true } },
        { replaceOne: { filter: { _id: 1 }, replacement: { n: 7 } } },
        { deleteOne: { filter: { _id: 2 } } },
        { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
      ])
      expect(result).to.include({
        insertedCount: 1,
        matchedCount: 3,
        modifiedCount: 3,
        upsertedCount: 1,
        deletedCount: 1,
      })
      expect(await things.find().toArray()).to.deep.equal([{ _id: 1, n: 8 }])
    })

    it('takes ten thousand documents in one call', async () => {
      const things = at.db.collection('large')
      const documents = Array.from({ length: 10_000 }, (_, n) => ({ n, text: '安置'.repeat(50) }))
      expect((await things.insertMany(documents)).insertedCount).to.equal(10_000)
      expect(await things.countDocuments()).to.equal(10_000)
    })
  })

  it('writes what is only for an insert at an insert only', async () => {
    const things = at.db.collection<{ _id: string; made?: number; seen?: number }>('upserted')
    const upsert = (): Promise<unknown> =>
      things.updateOne({ _id: 'a' }, { $setOnInsert: { made: 1 }, $inc: { seen: 1 } }, { upsert: true })
    expect(await upsert()).to.include({ upsertedCount: 1, matchedCount: 0, upsertedId: 'a' })
    expect(await upsert()).to.include({ upsertedCount: 0, matchedCount: 1, modifiedCount: 1 })
    expect(await things.findOne()).to.deep.equal({ _id: 'a', made: 1, seen: 2 })
  })

  it('changes chosen members of arrays', async () => {
    const things = at.db.collection<{ _id: number; clocks: { name: string; state: string; n?: number }[] }>('arrays')
    await things.insertOne({
      _id: 1,
      clocks: [
        { name: 'a', state: 'open' },
        { name: 'b', state: 'open' },
      ],
    })
    const one = { arrayFilters: [{ 'c.name': 'b' }] }
    await things.updateOne({ _id: 1 }, { $set: { 'clocks.$[c].state': 'met' } }, one)
    await things.updateOne({ _id: 1 }, { $inc: { 'clocks.$[].n': 1 } })
    await things.updateOne({ _id: 1, 'clocks.name': 'a' }, { $set: { 'clocks.$.state': 'missed' } })
    const [after] = await things.find().toArray()
    expect(after?.clocks).to.deep.equal([
      { name: 'a', state: 'missed', n: 1 },
      { name: 'b', state: 'met', n: 1 },
    ])
  })

  it('knows the update operators', async () => {
    const things = at.db.collection<
      { _id: number; list: number[] } & Record<'n' | 'old' | 'new' | 'gone' | 'sum', number>
    >('operators')
    await things.insertOne({ _id: 1, n: 5, list: [1, 2, 3], old: 1, gone: 1 } as never)
    await things.updateOne({ _id: 1 }, { $mul: { n: 2 }, $rename: { old: 'new' }, $unset: { gone: '' } })
    await things.updateOne({ _id: 1 }, { $min: { n: 7 }, $push: { list: { $each: [5, 4], $sort: 1, $slice: -4 } } })
    await things.updateOne({ _id: 1 }, { $max: { n: 9 }, $addToSet: { list: 4 } })
    await things.updateOne({ _id: 1 }, { $pull: { list: { $gte: 5 } } })
    await things.updateOne({ _id: 1 }, [{ $set: { sum: { $add: ['$n', 1] } } }])
    expect(await things.findOne()).to.deep.equal({ _id: 1, n: 9, list: [2, 3, 4], new: 1, sum: 10 })
  })

  it('changes a document only if it is still as expected, however many try', async () => {
    const things = at.db.collection<{ _id: string; version: number }>('compared')
    await things.insertOne({ _id: 'head', version: 0 })
    const tries = Array.from({ length: 20 }, () =>
      things.updateOne({ _id: 'head', version: 0 }, { $inc: { version: 1 } }),
    )
    const won = (await Promise.all(tries)).filter(({ modifiedCount }) => modifiedCount === 1)
    expect(won).to.have.lengthOf(1)
  })

  it('refuses a document that is too large', async () => {
    const failure = await failureOf(at.db.collection('big').insertOne({ text: 'x'.repeat(17_000_000) }))
    expect(failure.message).to.match(/larger|exceed|range|size/i)
  })
})
