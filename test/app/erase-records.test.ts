import { expect } from 'chai'
import { eraseCase, eraseRecord } from '../../src/app/erase-records.ts'
import type { RetentionStore } from '../../src/app/retention-store.ts'
import { createRetentionStore } from '../../src/app/retention-store.ts'
import { SEALED_COLLECTIONS } from '../../src/app/sealed-records.ts'
import { closeCase, openTexts } from '../../src/cases/index.ts'
import { registerIntake } from '../../src/intake/index.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import type { By } from '../../src/shared/actor.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'
import { aCaseWithEverything } from '../support/case-with-everything.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '320614'
const LIMIT = new Date('2026-12-31T00:00:00+08:00')

describe('App - erase records', () => {
  let w: World
  let retention: RetentionStore
  let no: string

  before(async () => {
    w = await world()
    retention = createRetentionStore(w.services.connection)
    no = await aCaseWithEverything(w)
  })

  const system = (): By => {
    const key = newId()
    return { actor: systemActor(COUNTY), key, bodyHash: key }
  }
  const eraser = () => ({ ...w.services, retention })
  const due = () => retention.closedCases(COUNTY, LIMIT, { limit: 1_000 })
  const theCase = async () => (await w.services.cases.find(COUNTY, no))!
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code,
    )

  it('leaves a case alone that is not closed', async () => {
    expect(await due()).to.not.include(no)
    expect(await codeOf(eraseCase(eraser(), { no, before: LIMIT }, system()))).to.equal('retention.still_used')
    expect(openTexts(w.services.vault, await theCase()).story).to.equal('包被偷，今晚没有住处')
  })

  it('leaves a case alone that was closed after the limit of the list', async () => {
    await closeCase(w.services, { no }, await w.by('D-常乐'))
    const before = new Date('2026-11-01T00:00:00+08:00')
    expect(await retention.closedCases(COUNTY, before, { limit: 1_000 })).to.not.include(no)
    expect(await codeOf(eraseCase(eraser(), { no, before }, system()))).to.equal('retention.still_used')
  })

  it('is for retention only, not for people', async () => {
    expect(await codeOf(eraseCase(eraser(), { no, before: LIMIT }, await w.by('ADM')))).to.equal('retention.forbidden')
  })

  it('empties every text of the case, its request and its decision, and keeps sums and chains', async () => {
    expect(await due()).to.include(no)
    const [decision] = await w.services.aid.ofCase(COUNTY, no)
    expect(await eraseCase(eraser(), { no, before: LIMIT }, system())).to.deep.equal({ records: 3 })
    const found = await theCase()
    expect(openTexts(w.services.vault, found)).to.include({ place: '', story: '' })
    expect(found.aid.paidFen).to.equal(10_000)
    const [erased] = await w.services.aid.ofCase(COUNTY, no)
    expect(erased!.totalFen).to.equal(decision!.totalFen)
    const { vault } = w.services
    expect(vault.open(erased!.reason, { collection: 'decisions', field: 'reason', record: erased!._id })).to.equal('')
    const [intake] = await w.services.intakes.ofCase(COUNTY, no)
    expect(intake!.phoneTokens).to.deep.equal([])
    expect((await verifyJournal(w.services.connection, COUNTY)).faults).to.deep.equal([])
  })

  it('lists it no more', async () => {
    expect(await due()).to.not.include(no)
  })

  it('erases an old question that was no request for help', async () => {
    const sealed = SEALED_COLLECTIONS.find(({ collection }) => collection === 'intakes')!
    const answer = await registerIntake(
      w.services,
      { channel: 'hotline', callType: 'CONSULT', urgency: 'P3', place: { text: '' }, phone: '12855550009', text: '问低保怎么办', needy: 'self', tags: [] } as never, // prettier-ignore
      await w.by('O1'),
    )
    const id = `${COUNTY}/${answer.no}`
    const later = new Date('2030-01-01T00:00:00Z')
    expect(await retention.oldRecords(COUNTY, sealed, later, { limit: 1_000 })).to.include(id)
    await eraseRecord(eraser(), { sealed, id }, system())
    expect(await retention.oldRecords(COUNTY, sealed, later, { limit: 1_000 })).to.not.include(id)
    const intake = (await w.services.intakes.find(COUNTY, answer.no))!
    expect(w.services.vault.open(intake.text, { collection: 'intakes', field: 'text', record: id })).to.equal('')
  })
})
