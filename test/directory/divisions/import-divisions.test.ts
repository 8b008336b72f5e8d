import { expect } from 'chai'
import type { DivisionStore } from '../../../src/directory/divisions/index.ts'
import {
  createDivisionStore,
  divisionModels,
  importDivisions,
  parseDivisionsCsv,
} from '../../../src/directory/divisions/index.ts'
import type { InTransaction } from '../../../src/journal/index.ts'
import { createInTransaction, createJournalReader, journalModels } from '../../../src/journal/index.ts'
import type { JournalReader } from '../../../src/journal/index.ts'
import { systemActor } from '../../../src/shared/actor.ts'
import { DomainError } from '../../../src/shared/errors.ts'
import { byOf } from '../../support/actors.ts'
import { freshCounty, testStores } from '../../support/database.ts'

const HEADER = 'code,name,validFrom,validTo,successor,aliases,responsibleUnit'
const AT = new Date('2026-11-28T23:40:10+08:00')

describe('Directory - import divisions', () => {
  let divisions: DivisionStore
  let inTransaction: InTransaction
  let journal: JournalReader

  before(async () => {
    const { connection } = await testStores((opened) => [divisionModels(opened), journalModels(opened)])
    divisions = createDivisionStore(connection)
    journal = createJournalReader(connection)
    inTransaction = createInTransaction({ connection, clock: { now: () => AT }, wake: () => undefined })
  })

  function run(county: string, ...lines: string[]) {
    const parsed = parseDivisionsCsv([HEADER, ...lines].join('\n'), 'test')
    return importDivisions({ divisions, inTransaction }, parsed, byOf(systemActor(county)))
  }

  it('writes all rows, counts the version up once and leaves one line in the journal', async () => {
    const county = freshCounty()
    const before = await divisions.version()
    const done = await run(county, `${county},甲区`, `${county}101,乙镇`, `${county}101201,丙村`)
    expect(done).to.deep.equal({ added: 3, changed: 0, ended: 0, unchanged: 0, version: before + 1 })
    expect((await divisions.below(county)).map(({ name }) => name)).to.deep.equal(['乙镇'])
    expect((await divisions.below(`${county}101`)).map(({ name }) => name)).to.deep.equal(['丙村'])
    const lines = await journal.stream(county, 'divisions:list')
    expect(lines.map(({ type, data }) => [type, data])).to.deep.equal([
      ['divisions.imported', { added: 3, changed: 0, ended: 0, version: before + 1 }],
    ])
  })

  it('changes nothing the second time', async () => {
    const county = freshCounty()
    const rows = [`${county},甲区`, `${county}101,乙镇`]
    const first = await run(county, ...rows)
    const second = await run(county, ...rows)
    expect(second).to.deep.equal({ added: 0, changed: 0, ended: 0, unchanged: 2, version: first.version })
  })

  it('writes nothing at all when one row is refused', async () => {
    const county = freshCounty()
    const refusal: unknown = await run(county, `${county},甲区`, `${county}101,乙镇`, '32061,错').catch(
      (error: unknown) => error,
    )
    expect(refusal).to.be.instanceOf(DomainError)
    expect((refusal as DomainError).code).to.equal('divisions.refused')
    expect((refusal as DomainError).details['problems']).to.have.length(1)
    expect(await divisions.find(county)).to.equal(undefined)
  })

  it('keeps an ended division and leads its code to the successor, to the day', async () => {
    const county = freshCounty()
    await run(
      county,
      `${county},甲区`,
      `${county}101,老镇,,2026-11-29,${county}102`,
      `${county}102,新镇,2026-11-29,,,,`,
      `${county}103,并入镇,,2020-01-01,${county}101`,
    )
    const onDay = async (code: string, at: string) => (await divisions.inForce(`${county}${code}`, new Date(at)))?.name
    expect(await onDay('101', '2026-11-28T23:59:59+08:00')).to.equal('老镇')
    expect(await onDay('101', '2026-11-29T00:00:00+08:00')).to.equal('新镇')
    expect(await onDay('103', '2026-11-28T12:00:00+08:00')).to.equal('老镇')
    expect(await onDay('103', '2026-12-01T12:00:00+08:00')).to.equal('新镇')
    expect(await onDay('102', '2026-11-28T12:00:00+08:00')).to.equal(undefined)
    expect(await onDay('999', '2026-11-28T12:00:00+08:00')).to.equal(undefined)
  })

  it('cannot say which part of a split division is meant', async () => {
    const county = freshCounty()
    await run(
      county,
      `${county},甲区`,
      `${county}101,东镇`,
      `${county}102,西镇`,
      `${county}103,大镇,,2020-01-01,${county}101|${county}102`,
    )
    expect(await divisions.inForce(`${county}103`, AT)).to.equal(undefined)
  })

  it('tells routing of pseudo-units and who answers for them', async () => {
    const county = freshCounty()
    await run(county, `${county},甲区`, `${county}101,乙镇`, `${county}400,农场,,,,,${county}101`)
    const zone = await divisions.inForce(`${county}400`, AT)
    expect([zone?.isPseudoUnit, zone?.responsibleUnit]).to.deep.equal([true, `${county}101`])
    const township = await divisions.inForce(`${county}101000`, AT)
    expect([township?.code, township?.isPseudoUnit, township?.responsibleUnit]).to.deep.equal([
      `${county}101`,
      false,
      undefined,
    ])
  })

  it('lets two imports at once both count, one after the other', async () => {
    const [one, two] = [freshCounty(), freshCounty()]
    const before = await divisions.version()
    const done = await Promise.all([run(one, `${one},甲区`), run(two, `${two},乙区`)])
    expect(done.map(({ version }) => version).sort((a, b) => a - b)).to.deep.equal([before + 1, before + 2])
    expect([(await divisions.find(one))?.name, (await divisions.find(two))?.name]).to.deep.equal(['甲区', '乙区'])
  })
})
