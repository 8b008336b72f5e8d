import { expect } from 'chai'
import type { Connection } from 'mongoose'
import { createInTransaction, createJournalReader, journalModels, verifyJournal } from '../../src/journal/index.ts'
import type { InTransaction, Outcome, Tx } from '../../src/journal/index.ts'
import type { By } from '../../src/shared/actor.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { anActor, byOf } from '../support/actors.ts'
import { freshCounty, testStores } from '../support/database.ts'

describe('Journal - together', () => {
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

  /** Adds one thing per request, each with a line in the stream; what is named in `refused` is refused instead. */
  const addAll =
    (stream: string, refused: readonly string[] = []) =>
    async (txs: readonly Tx[]): Promise<Outcome<{ key: string }>[]> => {
      const outcomes: Outcome<{ key: string }>[] = []
      for (const tx of txs) {
        const { key } = tx.by
        tx.announce({ stream, type: 'thing.added', data: { key } })
        if (refused.includes(key)) outcomes.push({ refusal: new DomainError('thing.unlucky', 'not today') })
        else {
          await connection.collection('things').insertOne({ county, stream }, { session: tx.session })
          outcomes.push({ answer: { key } })
        }
      }
      return outcomes
    }
  const requests = (count: number): By[] => Array.from({ length: count }, () => byOf(actor))
  const things = (stream: string) => connection.collection('things').countDocuments({ county, stream })
  const lines = (stream: string) => createJournalReader(connection).stream(county, stream)

  it('does every request under its own key, in one chain, and wakes the announcer once', async () => {
    const all = requests(5)
    const outcomes = await inTransaction.together(all, addAll('case:t1'))
    expect(outcomes).to.deep.equal(all.map(({ key }) => ({ answer: { key } })))
    expect((await lines('case:t1')).map(({ seq, data }) => [seq, data['key']])).to.deep.equal(
      all.map(({ key }, index) => [index + 1, key]),
    )
    expect((await verifyJournal(connection, county)).faults).to.deep.equal([])
    expect(woken).to.deep.equal([county])
  })

  it('goes on with the chains of several streams at once', async () => {
    await inTransaction.together(requests(2), addAll('case:t2'))
    await inTransaction.together(requests(3), async (txs) => {
      for (const [index, tx] of txs.entries())
        tx.announce({ stream: index === 1 ? 'case:t2b' : 'case:t2', type: 'thing.seen', data: {} })
      return Promise.resolve(txs.map(() => ({ answer: null })))
    })
    expect((await lines('case:t2')).map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 4])
    expect((await lines('case:t2b')).map(({ seq }) => seq)).to.deep.equal([1])
    expect((await verifyJournal(connection, county)).faults).to.deep.equal([])
  })

  it('gives each key its first answer again, alone or together, and does the rest', async () => {
    const [first, second] = requests(2) as [By, By]
    let replays = 0
    await inTransaction.together([first], addAll('case:t3'))
    const repeated = { ...first, onReplay: () => (replays += 1) }
    const outcomes = await inTransaction.together([repeated, second], addAll('case:t3'))
    expect(outcomes).to.deep.equal([{ answer: { key: first.key } }, { answer: { key: second.key } }])
    expect(await inTransaction(second, () => Promise.resolve('anew'))).to.deep.equal({ key: second.key })
    expect([await things('case:t3'), replays]).to.deep.equal([2, 1])
  })

  it('keeps a refusal for its key for ever, and nothing else of that request', async () => {
    const [lucky, unlucky] = requests(2) as [By, By]
    const [, outcome] = await inTransaction.together([lucky, unlucky], addAll('case:t4', [unlucky.key]))
    expect(codeIn(outcome)).to.equal('thing.unlucky')
    const [again] = await inTransaction.together([unlucky], addAll('case:t4'))
    expect(codeIn(again)).to.equal('thing.unlucky')
    expect(await things('case:t4')).to.equal(1)
    expect((await lines('case:t4')).map(({ data }) => data['key'])).to.deep.equal([lucky.key])
    const record = await connection.collection('requests').findOne({ _id: `${county}/${unlucky.key}` as never })
    expect(record).to.include({ outcome: 'refused' }).and.not.to.have.property('expiresAt')
  })

  it('refuses a key that was used for another body, without touching the others', async () => {
    const [first, other] = requests(2) as [By, By]
    await inTransaction.together([first], addAll('case:t5'))
    const outcomes = await inTransaction.together([{ ...first, bodyHash: 'other' }, other], addAll('case:t5'))
    expect([codeIn(outcomes[0]), codeIn(outcomes[1])]).to.deep.equal(['key.other_body', 'done'])
  })

  it('leaves nothing of anybody when the body fails', async () => {
    const all = requests(3)
    const failing = async (txs: readonly Tx[]): Promise<never> => {
      await addAll('case:t6')(txs)
      throw new Error('broken')
    }
    expect(await messageOf(inTransaction.together(all, failing))).to.equal('broken')
    expect([await things('case:t6'), (await lines('case:t6')).length, woken.length]).to.deep.equal([0, 0, 0])
    const ids = all.map(({ key }) => `${county}/${key}` as never)
    expect(await connection.collection('requests').countDocuments({ _id: { $in: ids } })).to.equal(0)
  })

  it('does a request once though it runs alone and in a group at the same moment', async () => {
    const all = requests(4)
    const alone = (by: By) => inTransaction(by, async (tx) => (await addAll('case:t7')([tx]))[0])
    await Promise.allSettled([inTransaction.together(all, addAll('case:t7')), ...all.map(alone)])
    await Promise.all(all.map(alone))
    expect([await things('case:t7'), (await lines('case:t7')).length]).to.deep.equal([4, 4])
    expect((await verifyJournal(connection, county)).faults).to.deep.equal([])
  })
})

function codeIn(outcome: Outcome<unknown> | undefined): string {
  return outcome && 'refusal' in outcome ? outcome.refusal.code : 'done'
}

function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error as Error).message,
  )
}
