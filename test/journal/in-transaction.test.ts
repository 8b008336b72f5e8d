import { expect } from 'chai'
import type { Connection } from 'mongoose'
import { createInTransaction, createJournalReader, journalModels, verifyJournal } from '../../src/journal/index.ts'
import type { InTransaction } from '../../src/journal/index.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty, testStores } from '../support/database.ts'

describe('Journal - in transaction', () => {
  const county = freshCounty()
  const actor = anActor(county, 'duty_officer')
  let connection: Connection
  let inTransaction: InTransaction
  let woken: string[]

  before(async () => {
    connection = (await testStores(journalModels)).connection
    await connection.createCollection('things').catch(() => undefined)
    inTransaction = createInTransaction({ connection, clock: systemClock, wake: (one) => woken.push(one) })
  })

  beforeEach(() => {
    woken = []
  })

  const add = (name: string, isFirst = false) => {
    return async (tx: Parameters<Parameters<InTransaction>[1]>[0]) => {
      await connection.collection('things').insertOne({ county, name }, { session: tx.session })
      tx.announce({ stream: `case:${name}`, type: 'thing.added', data: { name, left: undefined }, isFirst })
      return { name }
    }
  }
  const things = (name: string) => connection.collection('things').countDocuments({ county, name })

  it('writes the change, its journal line, its outbox row and the key together, and wakes the announcer', async () => {
    const by = byOf(actor)
    expect(await inTransaction(by, add('one', true))).to.deep.equal({ name: 'one' })
    const [line] = await createJournalReader(connection).stream(county, 'case:one')
    expect(line).to.include({ seq: 1, type: 'thing.added', prev: '0'.repeat(64) })
    expect(line?.actor).to.deep.equal({ kind: 'staff', staffId: actor.staffId, unit: county })
    expect(await connection.collection('outbox').countDocuments({ county, stream: 'case:one' })).to.equal(1)
    expect(woken).to.deep.equal([county])
  })

  it('leaves nothing behind when the body refuses, and gives the same refusal for the same key for ever', async () => {
    const by = byOf(actor)
    let mayPass = false
    const body = async (tx: Parameters<Parameters<InTransaction>[1]>[0]) => {
      await add('two')(tx)
      if (!mayPass) throw new DomainError('thing.unlucky', 'not today', { why: 'rain' })
      return { name: 'two' }
    }
    expect(await codeOf(inTransaction(by, body))).to.equal('thing.unlucky')
    mayPass = true
    expect(await codeOf(inTransaction(by, body))).to.equal('thing.unlucky')
    expect(await things('two')).to.equal(0)
    expect(await createJournalReader(connection).stream(county, 'case:two')).to.have.length(0)
  })

  it('gives the first answer again for the same key, and refuses the key for another body', async () => {
    let replays = 0
    const by = { ...byOf(actor, undefined, 'a'), onReplay: () => (replays += 1) }
    await inTransaction(by, add('three', true))
    expect(await inTransaction(by, add('three'))).to.deep.equal({ name: 'three' })
    expect(replays).to.equal(1)
    expect(await things('three')).to.equal(1)
    expect(await codeOf(inTransaction({ ...by, bodyHash: 'b' }, add('three')))).to.equal('key.other_body')
  })

  it('does a command once when ten identical ones arrive at the same moment', async () => {
    const by = byOf(actor)
    const answers = await Promise.all(Array.from({ length: 10 }, () => inTransaction(by, add('four'))))
    expect(answers).to.deep.equal(Array.from({ length: 10 }, () => ({ name: 'four' })))
    expect(await things('four')).to.equal(1)
  })

  it('tells one outcome for a key, though one attempt refuses while another of the same key succeeds', async () => {
    for (let round = 0; round < 20; round += 1) {
      const by = byOf(actor)
      const name = `race${round}`
      const refuses = () => Promise.reject(new DomainError('thing.unlucky', 'no'))
      const outcomes = await Promise.all([
        codeOf(inTransaction(by, add(name, true))),
        codeOf(inTransaction(by, refuses)),
      ])
      expect(new Set(outcomes).size).to.equal(1)
      expect(await things(name)).to.equal(outcomes[0] === 'no error' ? 1 : 0)
    }
  })

  it('answers what another attempt did in the moment between looking for it and recording a refusal', async () => {
    const by = byOf(actor)
    const { requests } = journalModels(connection)
    const find = requests.findById.bind(requests)
    const overtaken = (id: unknown) => ({
      lean: async () => {
        requests.findById = find
        const found: unknown = await find(id).lean()
        await inTransaction(by, add('overtaken', true))
        return found
      },
    })
    requests.findById = overtaken as unknown as typeof find
    const refuses = () => Promise.reject(new DomainError('thing.unlucky', 'no'))
    expect(await inTransaction(by, refuses)).to.deep.equal({ name: 'overtaken' })
    expect(await things('overtaken')).to.equal(1)
  })

  it('keeps a stream without gaps when twenty commands write to it at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => inTransaction(byOf(actor), add('five'))))
    const lines = await createJournalReader(connection).stream(county, 'case:five')
    expect(lines.map((line) => line.seq)).to.deep.equal(Array.from({ length: 20 }, (_, index) => index + 1))
    expect((await verifyJournal(connection, county)).faults).to.deep.equal([])
  })

  it('finds a changed, a cut and a forged line', async () => {
    const other = freshCounty()
    const stranger = anActor(other, 'duty_officer')
    for (const round of [1, 2, 3])
      await inTransaction(byOf(stranger), (tx) => {
        tx.announce({ stream: 'case:x', type: 'thing.happened', data: { round } })
        return Promise.resolve(round)
      })
    const raw = connection.collection<{ _id: string }>('journal')
    const id = `${other}/case:x/2`
    await raw.updateOne({ _id: id }, { $set: { 'data.round': 9 } })
    expect((await verifyJournal(connection, other)).faults).to.deep.equal([{ line: id, why: 'hash' }])
    await raw.deleteOne({ _id: id })
    expect((await verifyJournal(connection, other)).faults).to.deep.equal([{ line: `${other}/case:x/3`, why: 'gap' }])
  })

  it('has no way to change or delete a line through its model', async () => {
    const { journal } = journalModels(connection)
    for (const attempt of [journal.updateMany({}, { $set: { seq: 0 } }), journal.deleteMany({ county })])
      expect(
        await Promise.resolve(attempt).then(
          () => 'done',
          (error: unknown) => (error as Error).message,
        ),
      ).to.equal('The journal is append-only')
  })

  it('does not let a caller wait for a database that hangs: the outcome is unknown, and the same key asks again', async () => {
    const hasty = createInTransaction({ connection, clock: systemClock, wake: () => undefined, budgetMs: 80 })
    const by = byOf(actor)
    let release = (): void => undefined
    const hanging = new Promise<void>((resolve) => (release = resolve))
    const late = hasty(by, async (tx) => {
      const answer = await add('late')(tx)
      await hanging
      return answer
    }).catch((error: unknown) => error as DomainError)
    expect(await late).to.include({ code: 'outcome.unknown' })
    release()
    expect(await inTransaction(by, add('late'))).to.deep.equal({ name: 'late' })
    expect(await things('late'), 'once, whichever of the two it was').to.equal(1)
  })

  it('is run with its concerns said and not left to a default', async () => {
    const said = await inTransaction(byOf(actor), ({ session }) => {
      const { transaction } = session as unknown as {
        readonly transaction: {
          readonly options: Readonly<Record<string, { readonly level?: string; readonly mode?: string }>>
        }
      }
      const { readConcern, writeConcern, readPreference } = transaction.options
      return Promise.resolve([readConcern?.level, writeConcern, readPreference?.mode])
    })
    expect(said[0]).to.equal('snapshot')
    expect(said[1]).to.include({ w: 'majority' })
    expect(JSON.stringify(said[1])).to.match(/"j(ournal)?":true/)
    expect(said[2]).to.equal('primary')
  })
})

function codeOf(outcome: Promise<unknown>): Promise<string> {
  return outcome.then(
    () => 'no error',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  )
}
