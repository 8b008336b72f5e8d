import { expect } from 'chai'
import { failureOf, useDatabase } from './gateway-client.ts'

describe('Gateway - errors', () => {
  const at = useDatabase('errors')

  it("gives mongod's codes and names", async () => {
    const things = at.db.collection('things')
    await things.insertOne({ a: 1, list: 'text' })
    const expected: [() => Promise<unknown>, number, string][] = [
      [() => things.find({ $nonsense: 1 } as never).toArray(), 2, 'BadValue'],
      [() => things.updateOne({ a: 1 }, { $set: { _id: 5 } }), 66, ''],
      [() => things.updateOne({ a: 1 }, { $set: { b: 1 }, $inc: { b: 1 } }), 40, ''],
      [() => things.updateOne({ a: 1 }, { $inc: { list: 1 } }), 14, ''],
      [() => at.db.command({ find: 'things', filter: 5 }), 14, 'TypeMismatch'],
    ]
    for (const [attempt, code, name] of expected) {
      const failure = await failureOf(attempt())
      expect(failure['code'], failure.message).to.equal(code)
      if (name) expect(failure['codeName']).to.equal(name)
    }
  })

  it('stops a query that takes longer than it may, with code 50', async () => {
    await at.db.collection('slow').insertMany(Array.from({ length: 2_000 }, (_, n) => ({ n })))
    const pipeline = [
      { $lookup: { from: 'slow', pipeline: [{ $match: { $expr: { $gt: ['$n', -1] } } }], as: 'all' } },
      { $unwind: '$all' },
      { $group: { _id: '$all.n', n: { $sum: 1 } } },
    ]
    const failure = await failureOf(at.db.collection('slow').aggregate(pipeline, { maxTimeMS: 50 }).toArray())
    expect(failure).to.include({ code: 50 })
  })

  it('still answers on the same connection after an error', async () => {
    await failureOf(at.db.command({ find: 'things', filter: 5 }))
    expect(await at.db.command({ ping: 1 })).to.include({ ok: 1 })
  })
})
