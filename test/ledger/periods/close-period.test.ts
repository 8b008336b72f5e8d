import { expect } from 'chai'
import { drawCash, placeHold, voidHold } from '../../../src/ledger/index.ts'
import type { Entry } from '../../../src/ledger/index.ts'
import { closeMonth } from '../../../src/ledger/periods/close-month.ts'
import { closePeriod } from '../../../src/ledger/periods/close-period.ts'
import { isSealSigned, sealOf } from '../../../src/ledger/periods/seal.ts'
import { sealMonths } from '../../../src/ledger/periods/seal-months.ts'
import { closeDueMonth, proveCounty } from '../../../src/ledger/proof/keep-proving.ts'
import { verifyLedger } from '../../../src/ledger/verify/verify-ledger.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import { fen } from '../../../src/shared/fen.ts'
import { advance, anOrder } from '../real-ledger.ts'
import type { ProvenLedger } from '../proven-ledger.ts'
import { HELD_DAYS, provenLedger, withProof } from '../proven-ledger.ts'

const NOVEMBER = '2026-11'

describe('Ledger - close period', function () {
  this.timeout(30_000)
  let real: ProvenLedger

  beforeEach(async () => {
    real = await provenLedger()
    await advance(real, 5_000)
    real.clock.at = new Date('2026-12-02T09:00:00+08:00')
  })

  const close = (period = NOVEMBER, key?: string) =>
    closePeriod(real, { fundId: real.township, period }, real.finance(key))
  const draw = (fields: object = {}) =>
    drawCash(real, { fundId: real.township, amountFen: fen(100), ...fields }, real.officer('K-1'))
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    )
  async function entries(): Promise<Entry[]> {
    const found: Entry[] = []
    for await (const entry of real.ledger.eachEntry(real.township, 1_000)) found.push(entry)
    return found
  }
  const sound = async () => (await verifyLedger(real.ledger, { county: real.county, proof: real })).faults

  it('captures where the month ended, and postings go on at once in the next', async () => {
    await draw()
    const before = (await real.ledger.head(real.county, real.township))!
    const [posted] = await close()
    const entry = (await real.ledger.entry(real.county, real.township, posted!.seq))!
    expect(entry.close).to.deep.equal({ period: NOVEMBER, seq: before.seq - 1, hash: (await entries())[4]!.hash })
    expect(entry.period).to.equal('2026-12')
    await draw()
    expect((await entries()).at(-1)!.period).to.equal('2026-12')
    expect(await sound()).to.deep.equal([])
  })

  it('leaves nothing of a closed month behind its last entry', async () => {
    await draw()
    await close()
    await draw({ effectiveOn: '2026-11-29', lateFor: NOVEMBER })
    const { closed } = (await real.ledger.head(real.county, real.township))!
    const late = (await entries()).filter(({ period, seq }) => period <= NOVEMBER && seq > closed!.seq)
    expect(late).to.deep.equal([])
  })

  it('refuses to book for a closed month unless it is said to be late, and then shows both dates', async () => {
    expect(await codeOf(draw({ effectiveOn: '2026-11-29' })), 'not closed yet').to.equal('done')
    await close()
    expect(await codeOf(draw({ effectiveOn: '2026-11-29' }))).to.equal('period.closed')
    expect(await codeOf(draw({ effectiveOn: '2026-11-29', lateFor: '2026-10' }))).to.equal('ledger.field_invalid')
    expect(await codeOf(draw({ lateFor: NOVEMBER }))).to.equal('ledger.field_invalid')
    expect(await codeOf(draw({ effectiveOn: '2026-11-29', lateFor: NOVEMBER }))).to.equal('done')
    const last = (await entries()).at(-1)!
    expect([last.period, last.effectiveOn, last.lateFor]).to.deep.equal(['2026-12', '2026-11-29', NOVEMBER])
    expect(await sound()).to.deep.equal([])
  })

  it('closes months in their order, each once, none before it is over, and never opens one again', async () => {
    expect(await codeOf(close('2026-12'))).to.equal('period.not_next')
    expect(await codeOf(close())).to.equal('done')
    expect(await codeOf(close())).to.equal('period.closed')
    expect(await codeOf(close('2026-12'))).to.equal('period.not_over')
    real.clock.at = new Date('2027-02-01T00:00:00+08:00')
    expect(await codeOf(close('2027-01'))).to.equal('period.not_next')
    expect(await codeOf(close('2026-12'))).to.equal('done')
    expect(await codeOf(close('2027-01')), 'a month without an entry').to.equal('done')
    await sealMonths(real, real.county)
    expect(await sound()).to.deep.equal([])
  })

  it('closes the month that ended though the clock went back over its end', async () => {
    await draw()
    real.clock.at = new Date('2026-11-30T23:00:00+08:00')
    await draw()
    expect((await entries()).at(-1)!.period).to.equal('2026-12')
    real.clock.at = new Date('2026-12-02T09:00:00+08:00')
    await close()
    expect(await sound()).to.deep.equal([])
  })

  it('is refused while a promise waits too long, until it is taken back', async () => {
    const hold = await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 700)))
    expect(await codeOf(close()), 'a young promise holds up nothing').to.equal('done')
    real.clock.at = new Date('2027-01-02T09:00:00+08:00')
    const error = await close('2026-12').catch((refused: unknown) => refused as DomainError)
    expect(error).to.deep.include({ code: 'period.held_too_long' })
    expect((error as DomainError).details).to.deep.include({ count: 1, days: HELD_DAYS, holdIds: [hold.holdId] })
    await real.alone(real.officer('D-1'), (tx) => voidHold(real, tx, { holdId: hold.holdId }))
    expect(await codeOf(close('2026-12'))).to.equal('done')
  })

  it('is refused while the bank has a line that nothing explains, and leaves no trace', async () => {
    real.unexplained.lines = 2
    const before = (await entries()).length
    const error = await close().catch((refused: unknown) => refused as DomainError)
    expect((error as DomainError).details).to.deep.include({ count: 2, period: NOVEMBER })
    expect(await entries()).to.have.length(before)
    real.unexplained.lines = 0
    expect(await codeOf(close())).to.equal('done')
  })

  it('is for the county’s finance office alone', async () => {
    for (const actor of [real.officer('K-1')])
      expect(await codeOf(closePeriod(real, { fundId: real.township, period: NOVEMBER }, actor))).to.equal(
        'fund.forbidden',
      )
  })

  it('gives one seal with the same bytes, however many seal it and whenever one of them dies', async () => {
    await close()
    const other = withProof(real)
    const [first, second] = await Promise.all([sealMonths(real, real.county), sealMonths(other, real.county)])
    const [seal] = first.seals
    expect([...first.seals, ...second.seals].map((found) => JSON.stringify(found))).to.satisfy((all: string[]) =>
      all.every((bytes) => bytes === all[0]),
    )
    expect(seal!.seal).to.equal(sealOf(seal!))
    expect(isSealSigned(seal!, await real.checkpointStore.keys())).to.equal(true)
    await real.connection.db!.collection('ledger_seals').deleteMany({ county: real.county })
    const again = await sealMonths(withProof(real), real.county)
    expect(again.seals).to.deep.equal([seal])
    expect((await sealMonths(real, real.county)).seals, 'nothing is left to do').to.deep.equal([])
  })

  it('seals nothing of a fund whose entries do not hold, and says at which', async () => {
    await close()
    const raw = real.connection.db!.collection('ledger_entries')
    await raw.updateOne({ fundId: real.township, seq: 3 }, { $set: { reason: 'forged' } })
    const { seals, broken } = await sealMonths(real, real.county)
    expect(seals).to.deep.equal([])
    expect((broken[0]!.error as DomainError).details).to.deep.include({ fundId: real.township, seq: 3, check: 'hash' })
  })

  it('closes every fund of the county, and one that cannot be closed holds up no other', async () => {
    await real.alone(real.officer('D-1'), (tx) => placeHold(real, tx, anOrder(real, 700)))
    real.clock.at = new Date('2026-12-20T09:00:00+08:00')
    const outcomes = await closeMonth(real, { period: NOVEMBER }, real.finance('close-november'))
    expect(outcomes.map(({ fundId, outcome, code }) => [fundId, outcome, code])).to.deep.equal([
      [real.countyFund, 'closed', undefined],
      [real.township, 'refused', 'period.held_too_long'],
    ])
    const again = await closeMonth(real, { period: NOVEMBER }, real.finance('close-november-2'))
    expect(again.map(({ outcome }) => outcome)).to.deep.equal(['closed_before', 'refused'])
  })

  it('closes the last month by itself on its day, and puts seal and checkpoint under it', async () => {
    await closeDueMonth(real, real.county)
    expect((await real.ledger.head(real.county, real.township))!.closed, 'not on the second').to.equal(undefined)
    real.clock.at = new Date('2026-12-05T00:00:00+08:00')
    await closeDueMonth(real, real.county)
    await proveCounty(real, real.county)
    const seals = await real.seals.list(real.county)
    expect(seals.map(({ period }) => period)).to.deep.equal([NOVEMBER, NOVEMBER])
    const newest = (await real.checkpointStore.newest(real.county))!
    const point = newest.points.find(({ fundId }) => fundId === real.township)!
    expect(point.seq).to.be.at.least(seals[1]!.bySeq)
    await proveCounty(real, real.county)
    expect((await real.checkpointStore.newest(real.county))!.size, 'nothing new').to.equal(newest.size)
    await draw()
    await proveCounty(real, real.county)
    expect((await real.checkpointStore.newest(real.county))!.size, 'once a day').to.equal(newest.size)
    real.clock.at = new Date('2026-12-06T00:10:00+08:00')
    await proveCounty(real, real.county)
    expect((await real.checkpointStore.newest(real.county))!.size).to.equal(newest.size + 1)
    expect(await sound()).to.deep.equal([])
  })
})
