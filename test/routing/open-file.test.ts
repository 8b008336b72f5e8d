import { expect } from 'chai'
import { revealField } from '../../src/people/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { escalateCase } from '../../src/routing/escalate-case.ts'
import { placeCase } from '../../src/routing/place-case.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { newId } from '../../src/shared/ids.ts'
import { aRequest } from '../support/a-request.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'
const FIRST = '371312001'
const RIGHT = '371312009'

describe('Routing - open file', () => {
  let w: World
  let drawn = 0

  before(async () => {
    w = await world()
    w.clock.set('2026-11-24T09:00:00+08:00')
  })

  const registered = async (
    code: string,
    name: string,
    identityNumber?: string,
  ): Promise<{ no: string; personId: string }> => {
    drawn += 1
    const caseNo = await aRequest(w, 'HD-O4', {
      place: { code, text: '说不清在哪里' },
      phone: '12800006666',
      text: '钱包被偷',
      personInNeed: { name, identityNumber, phone: `128000${String(70_000 + drawn)}` },
    })
    return { no: caseNo, personId: (await w.services.cases.find(COUNTY, caseNo))!.personId! }
  }
  const looks = async (account: string, personId: string): Promise<string> =>
    revealField(w.services, { personId, field: 'name', reason: 'handle_emergency' }, await w.by(account)).then(
      ({ value }) => value as string,
      (error: unknown) => (error as { code: string }).code,
    )
  const place = async (no: string, code: string): Promise<unknown> =>
    placeCase(w.services, { no, code, reason: 'wrong_before' }, await w.by('HD-T1'))

  describe('when the place of a case is corrected', () => {
    let personId: string

    before(async () => {
      const intake = await registered(FIRST, '测试戊')
      personId = intake.personId
      expect(await looks('HD-D-九曲', personId)).to.equal('测试戊')
      await place(intake.no, RIGHT)
    })

    it('opens the person’s file to the township that has the case now', async () => {
      expect(await looks('HD-D-芝麻墩', personId)).to.equal('测试戊')
    })

    it('closes it to the one that had it by mistake', async () => {
      expect(await looks('HD-D-九曲', personId)).to.equal('person.not_yours')
    })
  })

  it('opens it when the triage desk has found the place, and to nobody before', async () => {
    const { no, personId } = await registered('', '测试己')
    expect(await looks('HD-D-芝麻墩', personId)).to.equal('person.not_yours')
    expect(await looks('HD-S1', personId)).to.equal('person.not_yours')
    await place(no, RIGHT)
    expect(await looks('HD-D-芝麻墩', personId)).to.equal('测试己')
  })

  it('leaves it open to a township that helps the same person in another case', async () => {
    const mistaken = await registered(FIRST, '测试庚', '329900195002151107')
    const right = await registered(FIRST, '测试庚', '329900195002151107')
    expect(right.personId).to.equal(mistaken.personId)
    await place(mistaken.no, '371312006')
    expect(await looks('HD-D-九曲', right.personId)).to.equal('测试庚')
    expect(await looks('HD-D-汤头', right.personId)).to.equal('测试庚')
  })

  it('stays with township and county when nobody took the case in time', async () => {
    const { no, personId } = await registered(FIRST, '测试辛')
    for (let step = 0; step < 4; step += 1) {
      const key = newId()
      await escalateCase(w.services, { no }, { actor: systemActor(COUNTY), key, bodyHash: key })
    }
    const found = (await w.services.cases.find(COUNTY, no))!
    expect(found.responsible.unit).to.equal(COUNTY)
    expect(await looks('HD-C1', personId)).to.equal('测试辛')
    expect(await looks('HD-H-九曲', personId)).to.equal('测试辛')
    await acknowledgeCase(w.services, { no }, await w.by('HD-C1'))
  })
})
