import { expect } from 'chai'
import fc from 'fast-check'
import { verifyCase } from '../../src/cases/index.ts'
import { verifyJournal } from '../../src/journal/index.ts'
import {
  acceptTransfer,
  acknowledgeCase,
  offerTransfer,
  refuseTransfer,
  ruleTransfer,
} from '../../src/routing/index.ts'
import { aRequest } from '../support/a-request.ts'
import { refusalOf } from '../support/refusal.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'
const TANGHE = '371312104'
const TAIPING = '371312005'

describe('Routing - transfer', () => {
  let w: World

  before(async () => {
    w = await world()
    w.clock.set('2026-11-23T09:00:00+08:00')
  })

  const idOf = async (account: string): Promise<string> => (await w.staff(account)).staffId
  const theCase = async (no: string) => (await w.services.cases.find(COUNTY, no))!
  const dueTimes = async (no: string) =>
    (await w.services.deadlines.openFor(COUNTY, `case:${no}`))
      .filter(({ name }) => name === 'advance.decide' || name === 'quick.total')
      .map(({ name, dueAt }) => `${name} ${dueAt.toISOString()}`)
      .sort()
  const noticesTo = async (no: string, account: string) => {
    const staffId = await idOf(account)
    return (await w.services.notices.ofCase(COUNTY, no)).filter(({ to }) => to === staffId).map(({ kind }) => kind)
  }

  const taken = async (urgency: 'P0' | 'P1' | 'P2' = 'P2'): Promise<string> => {
    const no = await aRequest(w, 'HD-O4', {
      urgency,
      place: { code: TANGHE, text: '两镇交界的桥上' },
      phone: '12800003333',
      text: '滞留，今晚没有住处',
      tags: ['STRANDED'],
    })
    await w.settles()
    await acknowledgeCase(w.services, { no }, await w.by('HD-D-汤河'))
    return no
  }
  const offers = async (no: string, more: object = {}) =>
    offerTransfer(w.services, { no, toUnit: TAIPING, reason: 'place_belongs_there', ...more }, await w.by('HD-D-汤河'))

  describe('a case that belongs next door', () => {
    let no: string
    let dueBefore: readonly string[]

    before(async () => {
      no = await taken()
      dueBefore = await dueTimes(no)
      await offers(no)
      await w.settles()
    })

    it('stays with the first unit until the other one takes it, and its clocks run on', async () => {
      const found = await theCase(no)
      expect([found.unit, found.responsible.staffId]).to.deep.equal([TANGHE, await idOf('HD-D-汤河')])
      expect(await dueTimes(no)).to.deep.equal(dueBefore)
    })

    it('asks whoever is on duty there, on screen and by text', async () => {
      expect(await noticesTo(no, 'HD-D-太平')).to.deep.equal(['transfer_offered', 'transfer_offered'])
    })

    it('cannot be closed or offered again meanwhile', async () => {
      expect((await theCase(no)).obligations.map(({ kind }) => kind)).to.include('transfer')
      expect(await refusalOf(offers(no, { toUnit: '371312107' }))).to.equal('transfer.pending')
    })

    it('is nobody else’s to take', async () => {
      const by = await w.by('HD-D-郑旺')
      expect(await refusalOf(acceptTransfer(w.services, { no }, by))).to.equal('case.not_yours')
    })

    it('is taken once, also when two press at once', async () => {
      const answers = await Promise.allSettled([
        acceptTransfer(w.services, { no }, await w.by('HD-D-太平')),
        acceptTransfer(w.services, { no }, await w.by('HD-B-太平')),
      ])
      expect(answers.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(1)
      const { unit, responsible, transfer, obligations } = await theCase(no)
      expect([unit, responsible.unit, responsible.reason, transfer]).to.deep.equal([
        TAIPING,
        TAIPING,
        'transfer_accepted',
        undefined,
      ])
      expect(obligations.map(({ kind }) => kind)).to.not.include('transfer')
    })

    it('takes its clocks along: none stops, none starts again, the new unit owes them', async () => {
      expect(await dueTimes(no)).to.deep.equal(dueBefore)
      const open = await w.services.deadlines.openFor(COUNTY, `case:${no}`)
      expect(open.filter(({ name }) => name === 'advance.decide').map(({ unit }) => unit)).to.deep.equal([TAIPING])
    })

    it('is no longer the first unit’s to work on', async () => {
      const by = await w.by('HD-D-汤河')
      expect(await refusalOf(verifyCase(w.services, { no }, by))).to.equal('case.not_yours')
    })

    it('tells the first officer that it was taken', async () => {
      await w.settles()
      expect(await noticesTo(no, 'HD-D-汤河')).to.include('case_transferred')
    })
  })

  describe('a unit that says no', () => {
    let no: string

    before(async () => {
      no = await taken()
      await offers(no)
    })

    it('must say why', async () => {
      const answer = refuseTransfer(w.services, { no, reason: 'other' }, await w.by('HD-D-太平'))
      expect(await refusalOf(answer)).to.equal('transfer.note_missing')
    })

    it('leaves the case where it is, and the first officer hears of it', async () => {
      await refuseTransfer(w.services, { no, reason: 'place_not_ours' }, await w.by('HD-D-太平'))
      await w.settles()
      const { unit, transfer, refusals } = await theCase(no)
      expect([unit, transfer, refusals]).to.deep.equal([TANGHE, undefined, 1])
      expect(await noticesTo(no, 'HD-D-汤河')).to.include('transfer_refused')
    })

    it('for the second time in one case: the county has fifteen minutes to say who has it', async () => {
      await offers(no)
      await refuseTransfer(w.services, { no, reason: 'place_not_ours', note: '桥的东头' }, await w.by('HD-D-太平'))
      const { unit, transfer } = await theCase(no)
      expect([unit, transfer?.state]).to.deep.equal([TANGHE, 'BEFORE_COUNTY'])
      const open = await w.services.deadlines.openFor(COUNTY, `case:${no}`)
      const rule = open.find(({ name }) => name === 'transfer.county_rule')!
      expect([rule.unit, rule.dueAt.getTime() - w.clock.now().getTime()]).to.deep.equal([COUNTY, 15 * 60_000])
    })

    it('the first unit goes on helping meanwhile', async () => {
      await verifyCase(w.services, { no }, await w.by('HD-D-汤河'))
      expect((await theCase(no)).state).to.equal('VERIFYING')
    })

    it('and what the county says holds: the officer on duty there has it', async () => {
      const townships = ruleTransfer(w.services, { no, unit: TAIPING }, await w.by('HD-D-汤河'))
      expect(await refusalOf(townships)).to.equal('case.not_yours')
      await ruleTransfer(w.services, { no, unit: TAIPING }, await w.by('HD-C1'))
      await w.settles()
      const { unit, responsible, transfer } = await theCase(no)
      expect([unit, responsible.staffId, transfer]).to.deep.equal([TAIPING, await idOf('HD-D-太平'), undefined])
      expect(await noticesTo(no, 'HD-D-太平')).to.include('case_handed_on')
    })
  })

  it('goes before the county when the other unit does not answer in two working days', async () => {
    const no = await taken()
    await offers(no)
    await w.passes('2026-11-25T23:59:00+08:00')
    expect((await theCase(no)).transfer?.state).to.equal('OFFERED')
    await w.passes('2026-11-26T00:00:30+08:00')
    expect((await theCase(no)).transfer?.state).to.equal('BEFORE_COUNTY')
    expect((await theCase(no)).unit).to.equal(TANGHE)
  })

  it('of a critical or urgent case only after speaking with whoever is on duty there', async () => {
    const no = await taken('P1')
    expect(await refusalOf(offers(no))).to.equal('transfer.live_only')
    expect(await refusalOf(offers(no, { spokenWith: await idOf('HD-D-郑旺') }))).to.equal('transfer.not_on_duty')
    await offers(no, { spokenWith: await idOf('HD-D-太平') })
    expect((await theCase(no)).transfer?.spokenWith).to.equal(await idOf('HD-D-太平'))
  })

  it('to a unit that does not exist, or to its own, is refused', async () => {
    const no = await taken()
    expect(await refusalOf(offers(no, { toUnit: '371312999' }))).to.equal('transfer.unit_unknown')
    expect(await refusalOf(offers(no, { toUnit: '320614103' }))).to.equal('transfer.unit_unknown')
    expect(await refusalOf(offers(no, { toUnit: TANGHE }))).to.equal('transfer.same_unit')
  })

  it('never leaves a case without exactly one owner, and never restarts a clock, whatever the units answer', async function () {
    this.timeout(60_000)
    const step = fc.constantFrom('offer', 'accept', 'refuse', 'rule', 'back')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const no = await taken()
        const due = await dueTimes(no)
        for (const what of steps) {
          await tries(no, what)
          const { unit, responsible, state } = await theCase(no)
          expect(responsible.staffId, what).to.not.equal('')
          expect([TANGHE, TAIPING], what).to.include(unit)
          expect(responsible.unit, what).to.equal(unit)
          expect(state).to.equal('ACKED')
          expect(await dueTimes(no), what).to.deep.equal(due)
        }
      }),
      { numRuns: 12, seed: 20_261_122 },
    )
    const { faults } = await verifyJournal(w.services.connection, COUNTY)
    expect(faults).to.deep.equal([])
  })

  /** One step of whoever could take it; what the rules refuse changes nothing. */
  async function tries(no: string, what: string): Promise<void> {
    const { unit, transfer } = await theCase(no)
    const officer = unit === TANGHE ? 'HD-D-汤河' : 'HD-D-太平'
    const other = unit === TANGHE ? 'HD-D-太平' : 'HD-D-汤河'
    const otherUnit = unit === TANGHE ? TAIPING : TANGHE
    const steps: Record<string, () => Promise<unknown>> = {
      offer: async () =>
        offerTransfer(w.services, { no, toUnit: otherUnit, reason: 'place_belongs_there' }, await w.by(officer)),
      accept: async () => acceptTransfer(w.services, { no }, await w.by(other)),
      refuse: async () => refuseTransfer(w.services, { no, reason: 'place_not_ours' }, await w.by(other)),
      rule: async () => ruleTransfer(w.services, { no, unit: otherUnit }, await w.by('HD-C1')),
      back: async () => ruleTransfer(w.services, { no, unit }, await w.by('HD-C1')),
    }
    const code = await refusalOf(steps[what]!())
    if (code !== undefined) expect(['transfer.pending', 'transfer.none', 'case.not_yours'], what).to.include(code)
    if (code !== undefined) expect((await theCase(no)).transfer).to.deep.equal(transfer)
  }
})
