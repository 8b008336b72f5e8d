import { expect } from 'chai'
import type { Document } from 'mongodb'
import { buildIndex, failureOf, useDatabase } from './gateway-client.ts'

const MANY = 1_000

describe('Gateway - cursors', () => {
  const at = useDatabase('cursors')

  before(async () => {
    const documents = Array.from({ length: MANY }, (_, n) => ({
      _id: n as never,
      n,
      half: n % 2,
      text: 'x'.repeat(100),
    }))
    await at.db.collection('many').insertMany(documents)
    await buildIndex(at.db.collection('many'), { half: 1, n: 1 })
  })

  it('gives every document once, in more pages than one', async () => {
    const seen = await at.db.collection('many').find().batchSize(70).toArray()
    expect(new Set(seen.map((one) => one['n'] as number)).size).to.equal(MANY)
    expect(seen).to.have.lengthOf(MANY)
  })

  it('keeps the order over pages', async () => {
    for (const sort of [{ n: -1 }, { _id: -1 }, { half: 1, n: 1 }] as const) {
      const seen = await at.db.collection('many').find().sort(sort).batchSize(130).toArray()
      expect(seen).to.have.lengthOf(MANY)
      const [first, last] = [seen[0], seen[MANY - 1]]
      expect([first?.['n'], last?.['n']]).to.deep.equal('half' in sort ? [0, MANY - 1] : [MANY - 1, 0])
    }
  })

  it('pages an aggregation', async () => {
    const pipeline = [{ $match: { half: 1 } }, { $sort: { n: 1 } }, { $project: { n: 1 } }]
    const seen = await at.db.collection('many').aggregate(pipeline, { batchSize: 33 }).toArray()
    expect(seen.map((one) => one['n'] as number)).to.deep.equal(Array.from({ length: MANY / 2 }, (_, n) => 2 * n + 1))
  })

  it('honours limit, skip and an empty first page', async () => {
    const many = at.db.collection('many')
    expect(
      await many
        .find()
        .sort({ n: 1 })
        .skip(10)
        .limit(5)
        .map((one) => one['n'] as number)
        .toArray(),
    ).to.deep.equal([10, 11, 12, 13, 14])
    const empty = await at.db.command({ find: 'many', sort: { n: 1 }, batchSize: 0 })
    expect((empty['cursor'] as Document)['firstBatch']).to.deep.equal([])
    const next = await at.db.command({ getMore: longOf(empty), collection: 'many', batchSize: 2 })
    expect(((next['cursor'] as Document)['nextBatch'] as Document[]).map((one) => one['n'] as number)).to.deep.equal([
      0, 1,
    ])
  })

  it('closes a cursor that is killed', async () => {
    const first = await at.db.command({ find: 'many', sort: { n: 1 }, batchSize: 10 })
    const id = longOf(first)
    const killed = await at.db.command({ killCursors: 'many', cursors: [id] })
    expect((killed['cursorsKilled'] as unknown[]).map(String)).to.deep.equal([String(id)])
    const failure = await failureOf(at.db.command({ getMore: id, collection: 'many' }))
    expect(failure).to.include({ code: 43, codeName: 'CursorNotFound' })
    const again = await at.db.command({ killCursors: 'many', cursors: [id] })
    expect((again['cursorsNotFound'] as unknown[]).map(String)).to.deep.equal([String(id)])
  })

  it('closes the cursor of a loop that was left early', async () => {
    const open = async (): Promise<number> => {
      const { metrics } = (await at.db.admin().serverStatus()) as { metrics: { cursor: { open: { total: number } } } }
      return metrics.cursor.open.total
    }
    const before = await open()
    for await (const one of at.db.collection('many').find().sort({ n: 1 }).batchSize(5)) if (one['n'] === 7) break
    expect(await open()).to.be.at.most(before)
  })

  it('keeps a sorted cursor as it was when documents change under it', async () => {
    const changing = at.db.collection('changing')
    await changing.insertMany(Array.from({ length: 100 }, (_, n) => ({ n })))
    const seen: number[] = []
    for await (const one of changing.find().sort({ n: 1 }).batchSize(10)) {
      if (seen.length === 0) await changing.updateMany({}, { $inc: { n: 1_000 } })
      seen.push(one['n'] as number)
    }
    expect(seen).to.deep.equal(Array.from({ length: 100 }, (_, n) => n))
  })
})

function longOf(reply: { cursor?: unknown }): bigint {
  return BigInt(String((reply.cursor as { id: unknown }).id))
}
