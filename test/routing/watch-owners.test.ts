import { expect } from 'chai'
import { addAbsence } from '../../src/directory/roster/add-absence.ts'
import { acknowledgeCase, watchOwners } from '../../src/routing/index.ts'
import { aRequest } from '../support/a-request.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'
const TANGHE = '371312104'

describe('Routing - watch owners', () => {
  let w: World

  beforeEach(async () => {
    w = await world()
    w.clock.set('2026-11-23T09:00:00+08:00')
  })

  const idOf = async (account: string): Promise<string> => (await w.staff(account)).staffId
  const taken = async (): Promise<string> => {
    const no = await aRequest(w, 'HD-O4', {
      place: { code: TANGHE, text: '车站' },
      phone: '12800004444',
      text: '滞留，今晚没有住处',
    })
    await acknowledgeCase(w.services, { no }, await w.by('HD-D-汤河'))
    await w.settles()
    return no
  }
  const isAway = async (from: string, to: string): Promise<void> => {
    const staffId = await idOf('HD-D-汤河')
    const span = { from: new Date(from), to: new Date(to) }
    await addAbsence(w.services, { unit: TANGHE, staffId, ...span }, await w.by('HD-D-汤河'))
  }
  const owner = async (no: string) => (await w.services.cases.find(COUNTY, no))!.responsible

  it('leaves alone what is owned by somebody who is there', async () => {
    await taken()
    expect(await watchOwners(w.services, COUNTY)).to.deep.equal({ handed: [], unowned: [] })
  })

  it('hands on what somebody had before going away, the moment the absence begins, and not before', async () => {
    const no = await taken()
    await isAway('2026-11-23T13:00:00+08:00', '2026-11-24T13:00:00+08:00')
    w.clock.set('2026-11-23T12:59:59+08:00')
    expect((await watchOwners(w.services, COUNTY)).handed).to.deep.equal([])
    w.clock.set('2026-11-23T13:00:00+08:00')
    expect((await watchOwners(w.services, COUNTY)).handed).to.deep.equal([{ no, outcome: 'handed_on' }])
    expect(await owner(no)).to.include({ staffId: await idOf('HD-B-汤河'), reason: 'away.stand_in', unit: TANGHE })
    await w.settles()
    const told = await w.services.notices.ofCase(COUNTY, no)
    const deputy = await idOf('HD-B-汤河')
    expect(told.filter(({ to, kind }) => to === deputy && kind === 'case_handed_on')).to.have.lengthOf(2)
  })

  it('leaves with somebody who is away what they took all the same', async () => {
    await isAway('2026-11-23T08:00:00+08:00', '2026-11-24T08:00:00+08:00')
    const no = await taken()
    expect((await watchOwners(w.services, COUNTY)).handed).to.deep.equal([])
    expect((await owner(no)).staffId).to.equal(await idOf('HD-D-汤河'))
  })

  it('takes up what a lost reaction left with somebody who is gone', async () => {
    const no = await taken()
    const staffId = await idOf('HD-D-汤河')
    await w.services.connection.collection('staff').updateOne({ _id: staffId as never }, { $set: { roles: [] } })
    w.services.staff.forget(COUNTY)
    expect((await watchOwners(w.services, COUNTY)).handed).to.deep.equal([{ no, outcome: 'handed_on' }])
    expect((await owner(no)).staffId).to.equal(await idOf('HD-B-汤河'))
  })

  it('names what nobody answers for, which nothing of the product can bring about', async () => {
    const no = await taken()
    const broken = { $set: { 'responsible.staffId': '' } }
    await w.services.connection.collection('cases').updateOne({ county: COUNTY, no }, broken)
    expect(await watchOwners(w.services, COUNTY)).to.deep.equal({ handed: [], unowned: [no] })
  })

  it('is done once when two workers look at the same moment', async () => {
    const no = await taken()
    await isAway('2026-11-23T10:00:00+08:00', '2026-11-24T10:00:00+08:00')
    w.clock.set('2026-11-23T10:00:01+08:00')
    await Promise.all([watchOwners(w.services, COUNTY), watchOwners(w.services, COUNTY)])
    const lines = await w.services.journal.stream(COUNTY, `case:${no}`)
    expect(lines.filter(({ type }) => type === 'case.handed_on')).to.have.lengthOf(1)
  })
})
