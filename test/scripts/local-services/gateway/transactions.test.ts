import { expect } from 'chai'
import { Long, MongoClient, UUID } from 'mongodb'
import { failureOf, gatewayUri, useDatabase } from './gateway-client.ts'
import { connectRaw } from './raw-client.ts'

interface Counter {
  _id: string
  n: number
}

describe('Gateway - transactions', () => {
  const at = useDatabase('transactions')
  const counters = (client = at.client) => client.db(at.db.databaseName).collection<Counter>('counters')
  let serial = 0

  /** A fresh counter at 0. */
  async function aCounter(): Promise<string> {
    serial += 1
    await counters().insertOne({ _id: `c${serial}`, n: 0 })
    return `c${serial}`
  }

  async function valueOf(_id: string): Promise<number | undefined> {
    return (await counters().findOne({ _id }))?.n
  }

  it('shows what was committed, all at once', async () => {
    const [one, other] = [await aCounter(), await aCounter()]
    await at.client.withSession((session) =>
      session.withTransaction(async () => {
        await counters().updateOne({ _id: one }, { $inc: { n: 1 } }, { session })
        await counters().updateOne({ _id: other }, { $inc: { n: 1 } }, { session })
        expect(await valueOf(one)).to.equal(0)
      }),
    )
    expect([await valueOf(one), await valueOf(other)]).to.deep.equal([1, 1])
  })

  it('reads its own writes, and nothing that was committed after it began', async () => {
    const id = await aCounter()
    const session = at.client.startSession()
    session.startTransaction()
    expect((await counters().findOne({ _id: id }, { session }))?.n).to.equal(0)
    const other = await aCounter()
    expect(await counters().findOne({ _id: other }, { session })).to.equal(null)
    await counters().updateOne({ _id: id }, { $set: { n: 5 } }, { session })
    expect((await counters().findOne({ _id: id }, { session }))?.n).to.equal(5)
    await session.abortTransaction()
    await session.endSession()
    expect(await valueOf(id)).to.equal(0)
  })

  it('leaves nothing of what was aborted, a new collection excepted', async () => {
    const id = await aCounter()
    const failure = await failureOf(
      at.client.withSession((session) =>
        session.withTransaction(async () => {
          await counters().updateOne({ _id: id }, { $set: { n: 9 } }, { session })
          await at.db.collection('fresh').insertOne({ a: 1 }, { session })
          throw new Error('thought better of it')
        }),
      ),
    )
    expect(failure.message).to.equal('thought better of it')
    expect(await valueOf(id)).to.equal(0)
    expect(await at.db.collection('fresh').countDocuments()).to.equal(0)
  })

  it('pages through a cursor inside', async () => {
    await at.db.collection('paged').insertMany(Array.from({ length: 50 }, (_, n) => ({ n })))
    await at.client.withSession((session) =>
      session.withTransaction(async () => {
        const seen = await at.db.collection('paged').find({}, { session }).sort({ n: 1 }).batchSize(7).toArray()
        expect(seen.map((one) => one['n'] as number)).to.deep.equal(Array.from({ length: 50 }, (_, n) => n))
      }),
    )
  })

  it('lets one of two that change the same document win, and the other run again', async () => {
    const id = await aCounter()
    const [first, second] = [at.client.startSession(), at.client.startSession()]
    first.startTransaction()
    second.startTransaction()
    await counters().findOne({ _id: id }, { session: second })
    await counters().updateOne({ _id: id }, { $inc: { n: 1 } }, { session: first })
    const late = failureOf(counters().updateOne({ _id: id }, { $inc: { n: 1 } }, { session: second }))
    await first.commitTransaction()
    expectToRunAgain(await late, 112)
    await Promise.all([first.endSession(), second.endSession()])
    expect(await valueOf(id)).to.equal(1)
  })

  it('counts right when many run again and again', async () => {
    const id = await aCounter()
    const increment = (): Promise<unknown> =>
      at.client.withSession((session) =>
        session.withTransaction(() => counters().updateOne({ _id: id }, { $inc: { n: 1 } }, { session })),
      )
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let times = 0; times < 5; times += 1) await increment()
      }),
    )
    expect(await valueOf(id)).to.equal(50)
  })

  it('ends at a write error, as mongod does', async () => {
    const id = await aCounter()
    const session = at.client.startSession()
    session.startTransaction()
    await counters().updateOne({ _id: id }, { $set: { n: 3 } }, { session })
    const duplicate = await failureOf(counters().insertOne({ _id: id, n: 0 }, { session }))
    expect(duplicate).to.include({ code: 11000 })
    expectToRunAgain(await failureOf(counters().findOne({ _id: id }, { session })), 251)
    await session.endSession()
    expect(await valueOf(id)).to.equal(0)
  })

  it('takes a key that somebody committed after it began for a conflict, not for a duplicate', async () => {
    const session = at.client.startSession()
    session.startTransaction()
    await counters().findOne({ _id: 'nobody' }, { session })
    const id = await aCounter()
    expectToRunAgain(await failureOf(counters().insertOne({ _id: id, n: 7 }, { session })), 112)
    await session.endSession()
  })

  it('gives up at the first failing command', async () => {
    const id = await aCounter()
    const session = at.client.startSession()
    session.startTransaction()
    await counters().updateOne({ _id: id }, { $set: { n: 3 } }, { session })
    await failureOf(
      counters()
        .find({ $nonsense: 1 } as never, { session })
        .toArray(),
    )
    expectToRunAgain(await failureOf(session.commitTransaction()), 251)
    await session.endSession()
    expect(await valueOf(id)).to.equal(0)
  })

  it('answers a commit again that has happened', async () => {
    const id = await aCounter()
    const session = at.client.startSession()
    session.startTransaction()
    await counters().updateOne({ _id: id }, { $inc: { n: 1 } }, { session })
    await session.commitTransaction()
    await session.commitTransaction()
    await session.endSession()
    expect(await valueOf(id)).to.equal(1)
  })

  it('answers 251 to the commit and the abort of a transaction nobody knows', async () => {
    const raw = await connectRaw()
    const lsid = { id: new UUID() }
    for (const name of ['commitTransaction', 'abortTransaction']) {
      const answer = await raw.command({ [name]: 1, lsid, txnNumber: new Long(7), autocommit: false, $db: 'admin' })
      expect(answer).to.deep.include({ ok: 0, code: 251, errorLabels: ['TransientTransactionError'] })
    }
    raw.close()
  })

  it('gives up what a client that went away had open', async () => {
    const id = await aCounter()
    const leaving = await connectRaw()
    const transaction = { lsid: { id: new UUID() }, txnNumber: new Long(1), autocommit: false, $db: at.db.databaseName }
    const updates = [{ q: { _id: id }, u: { $set: { n: 9 } } }]
    const answer = await leaving.command({ update: 'counters', updates, startTransaction: true, ...transaction })
    expect(answer).to.include({ ok: 1, nModified: 1 })
    leaving.close()
    await counters().updateOne({ _id: id }, { $inc: { n: 1 } })
    expect(await valueOf(id)).to.equal(1)
  })

  it('gives up what belongs to a session that is ended', async () => {
    const id = await aCounter()
    const session = at.client.startSession()
    session.startTransaction()
    await counters().updateOne({ _id: id }, { $set: { n: 9 } }, { session })
    await at.client.db('admin').command({ endSessions: [session.id] })
    await counters().updateOne({ _id: id }, { $inc: { n: 1 } })
    expect(await valueOf(id)).to.equal(1)
    await session.endSession()
  })

  it('refuses what may not stand in a transaction', async () => {
    const session = at.client.startSession()
    session.startTransaction()
    const failure = await failureOf(at.db.command({ dropIndexes: 'counters', index: 'x' }, { session }))
    expect(failure).to.include({ code: 263, codeName: 'OperationNotSupportedInTransaction' })
    await session.abortTransaction()
    await session.endSession()
  })

  it('refuses writes that a driver would retry by itself', async () => {
    const client = await new MongoClient(gatewayUri().replace('retryWrites=false', 'retryWrites=true')).connect()
    const failure = await failureOf(counters(client).insertOne({ _id: 'never', n: 1 }))
    expect(failure.message).to.contain('retryWrites=false')
    expect(await valueOf('never')).to.equal(undefined)
    await client.close()
  })
})

function expectToRunAgain(failure: Error & { code?: unknown }, code: number): void {
  expect(failure).to.include({ code })
  expect(
    (failure as { hasErrorLabel?: (label: string) => boolean }).hasErrorLabel?.('TransientTransactionError'),
  ).to.equal(true)
}
