import { expect } from 'chai'
import { useDatabase } from './gateway-client.ts'

describe('Gateway - aggregation', () => {
  const at = useDatabase('aggregation')

  before(async () => {
    await at.db.collection('units').insertMany([
      { code: 'a', name: '常乐' },
      { code: 'b', name: '三星' },
    ])
    await at.db.collection('cases').insertMany([
      { unit: 'a', fen: 100, at: new Date('2026-05-01T15:59:59Z'), tags: ['fire', 'night'] },
      { unit: 'a', fen: 200, at: new Date('2026-05-01T16:00:00Z'), tags: ['fire'] },
      { unit: 'b', fen: 400, at: new Date('2026-05-02T10:00:00Z'), tags: [] },
    ])
  })

  it('joins another collection', async () => {
    const joined = await at.db
      .collection('cases')
      .aggregate([
        { $lookup: { from: 'units', localField: 'unit', foreignField: 'code', as: 'unitOf' } },
        { $unwind: '$unitOf' },
        { $sort: { fen: 1 } },
        { $project: { _id: 0, name: '$unitOf.name' } },
      ])
      .toArray()
    expect(joined).to.deep.equal([{ name: '常乐' }, { name: '常乐' }, { name: '三星' }])
  })

  it('joins by a pipeline with variables', async () => {
    const pipeline = [{ $match: { $expr: { $eq: ['$unit', '$$code'] } } }, { $count: 'n' }]
    const joined = await at.db
      .collection('units')
      .aggregate([
        { $lookup: { from: 'cases', let: { code: '$code' }, pipeline, as: 'count' } },
        { $sort: { code: 1 } },
        { $project: { _id: 0, code: 1, n: { $first: '$count.n' } } },
      ])
      .toArray()
    expect(joined).to.deep.equal([
      { code: 'a', n: 2 },
      { code: 'b', n: 1 },
    ])
  })

  it('answers several questions over the same documents', async () => {
    const [answer] = await at.db
      .collection('cases')
      .aggregate([
        {
          $facet: {
            sum: [{ $group: { _id: null, fen: { $sum: '$fen' } } }],
            page: [{ $sort: { fen: -1 } }, { $limit: 1 }, { $project: { _id: 0, fen: 1 } }],
          },
        },
      ])
      .toArray()
    expect(answer).to.deep.equal({ sum: [{ _id: null, fen: 700 }], page: [{ fen: 400 }] })
  })

  it('groups by the day of China', async () => {
    const day = { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' } }
    const days = await at.db
      .collection('cases')
      .aggregate([{ $group: { _id: day, n: { $sum: 1 }, fen: { $sum: '$fen' } } }, { $sort: { _id: 1 } }])
      .toArray()
    expect(days).to.deep.equal([
      { _id: '2026-05-01', n: 1, fen: 100 },
      { _id: '2026-05-02', n: 2, fen: 600 },
    ])
  })

  it('counts the members of arrays, computes with conditions, and bounds sums', async () => {
    const tags = await at.db
      .collection('cases')
      .aggregate([{ $unwind: '$tags' }, { $sortByCount: '$tags' }])
      .toArray()
    expect(tags).to.deep.equal([
      { _id: 'fire', count: 2 },
      { _id: 'night', count: 1 },
    ])
    const large = { $cond: [{ $gte: ['$fen', 200] }, 1, 0] }
    const [sums] = await at.db
      .collection('cases')
      .aggregate([{ $group: { _id: null, large: { $sum: large }, most: { $max: '$fen' }, mean: { $avg: '$fen' } } }])
      .toArray()
    expect(sums).to.deep.include({ large: 2, most: 400 })
  })

  it('merges its result into a collection', async () => {
    const pipeline = [{ $group: { _id: '$unit', fen: { $sum: '$fen' } } }, { $merge: { into: 'sums', on: '_id' } }]
    await at.db.collection('cases').aggregate(pipeline).toArray()
    await at.db.collection('cases').aggregate(pipeline).toArray()
    const sums = await at.db.collection('sums').find().sort({ _id: 1 }).toArray()
    expect(sums).to.deep.equal([
      { _id: 'a', fen: 300 },
      { _id: 'b', fen: 400 },
    ])
  })
})
