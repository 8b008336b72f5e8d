import { expect } from 'chai'
import { decideAid, payOrder } from '../../src/aid/index.ts'
import { endEmergency } from '../../src/cases/index.ts'
import { recheckGuessedYears } from '../../src/deadlines/index.ts'
import { watchRoster } from '../../src/directory/index.ts'
import { endShift } from '../../src/directory/roster/add-shift.ts'
import { buyGoods } from '../../src/ledger/fund-actions.ts'
import { townshipFundId } from '../../src/ledger/index.ts'
import { noticeText } from '../../src/notifications/notice-text.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { fen } from '../../src/shared/fen.ts'
import { aRequest } from '../support/a-request.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'

describe('Notifications - posts told', () => {
  let w: World

  before(async () => {
    w = await world()
  })

  const told = async (account: string, kind: string) =>
    (await w.services.notices.toStaff(COUNTY, (await w.staff(account)).staffId, { limit: 100 })).filter(
      (notice) => notice.kind === kind,
    )
  const media = async (account: string, kind: string) => (await told(account, kind)).map(({ medium }) => medium)
  const shownTo = async (account: string, kind: string): Promise<number> => {
    const events = await w.services.feed.since(COUNTY, `person:${(await w.staff(account)).staffId}`, '0-0')
    return events === 'reset' ? -1 : events.filter(({ type, data }) => type === 'notice.shown' && data['kind'] === kind).length
  } // prettier-ignore
  const inWords = async (account: string, kind: string): Promise<string[]> => {
    const [notice] = await told(account, kind)
    const { nameOf } = await w.services.units.book(COUNTY)
    return (['zh-CN', 'en'] as const).map((lng) => noticeText(notice!, w.services.presenterIn(lng), nameOf))
  }

  describe('a shift nobody has', () => {
    before(async () => {
      w.clock.set('2026-11-23T10:00:00+08:00')
      const shifts = await w.services.roster.shiftsOf(COUNTY, '371312007', w.clock.now())
      for (const { _id, part } of shifts)
        if (part !== 'second') await endShift(w.services, { shiftId: _id }, await w.by('HD-ADM'))
      await watchRoster(w.services, COUNTY)
      await w.settles()
    })

    it('is told to the county’s officer on screen and by text', async () => {
      expect(await media('HD-C1', 'roster_gap')).to.have.members(['screen', 'text'])
      expect(await shownTo('HD-C1', 'roster_gap')).to.equal(1)
    })

    it('stands in the room of the triage desk', async () => {
      const events = await w.services.feed.since(COUNTY, `triage:${COUNTY}`, '0-0')
      expect(events === 'reset' ? [] : events.map(({ type }) => type)).to.include('roster.gap')
    })

    it('is told once, however often the roster is looked at', async () => {
      w.clock.set('2026-11-23T11:00:00+08:00')
      await watchRoster(w.services, COUNTY)
      await w.settles()
      expect(await shownTo('HD-C1', 'roster_gap')).to.equal(1)
    })

    it('says which township and when, in both languages', async () => {
      const [chinese, english] = await inWords('HD-C1', 'roster_gap')
      expect(chinese).to.match(/^凤凰岭.*在 11月23日 10:00 到 .*没有人值班/)
      expect(english).to.match(/nobody on duty from .*10:00/)
    })
  })

  describe('a fund below its mark', () => {
    const spends = async (amountFen: number): Promise<void> => {
      const fundId = townshipFundId('371312006')
      await buyGoods(w.services, { fundId, amountFen: fen(amountFen), from: 'bank' }, await w.by('HD-K-汤头'))
      await w.settles()
    }

    it('tells nobody while enough is left', async () => {
      await spends(3_500_000)
      expect(await told('HD-H-汤头', 'fund_low')).to.deep.equal([])
    })

    it('is told to the township’s head, the county’s finance and civil affairs when it crosses the mark', async () => {
      await spends(1)
      for (const account of ['HD-H-汤头', 'HD-C2', 'HD-C1'])
        expect(await media(account, 'fund_low'), account).to.have.members(['screen', 'text'])
      expect(await media('HD-D-汤头', 'fund_low')).to.deep.equal([])
    })

    it('is told once per crossing, not at every posting', async () => {
      await spends(1_000)
      await spends(2_000)
      expect(await shownTo('HD-C2', 'fund_low')).to.equal(1)
    })

    it('says what is left and where the mark is', async () => {
      const [chinese, english] = await inWords('HD-C2', 'fund_low')
      expect(chinese).to.equal('汤头街道备用金可用余额 ¥14,999.99，低于警戒线 ¥15,000.00，请及时补足。')
      expect(english).to.include('¥14,999.99')
    })
  })

  describe('a clock that will soon run out', () => {
    let no: string

    before(async () => {
      w.clock.set('2026-11-23T12:00:00+08:00')
      const caseNo = await aRequest(w, 'HD-O4', {
        place: { code: '371312005', text: '麦香村' },
        phone: '12800004444',
        text: '家里失火',
      })
      no = caseNo
      await acknowledgeCase(w.services, { no }, await w.by('HD-D-太平'))
      const orders = [{ kind: 'CASH' as const, amountFen: 1_000, payee: { name: '测试丙', relation: 'self' as const } }]
      const form = { no, kind: 'QUICK' as const, persons: 1, reason: '没有吃的', orders }
      const decision = await decideAid(w.services, form, await w.by('HD-D-太平'))
      await payOrder(w.services, { orderId: decision.orders[0]!.id }, await w.by('HD-K-太平'))
      await endEmergency(w.services, { no, endedAt: w.clock.now() }, await w.by('HD-D-太平'))
      await w.settles()
    })

    it('says at the start that the papers are due', async () => {
      expect(await media('HD-D-太平', 'papers_due')).to.deep.equal(['text'])
    })

    it('is brought to mind of whoever is responsible, the working day before at eight', async () => {
      await w.passes('2026-11-27T07:59:00+08:00')
      expect(await told('HD-D-太平', 'deadline_near')).to.deep.equal([])
      await w.passes('2026-11-27T08:00:00+08:00')
      expect(await media('HD-D-太平', 'deadline_near')).to.have.members(['screen', 'text'])
      const [chinese, english] = await inWords('HD-D-太平', 'deadline_near')
      expect(chinese).to.include(no).and.include('事后补充说明').and.include('24:00')
      expect(english).to.include(no).and.include('24:00')
    })
  })

  describe('a year without a holiday table in which something is due', () => {
    before(async () => {
      const key = 'test/a-clock-in-2031'
      await w.services.inTransaction({ actor: systemActor(COUNTY), key, bodyHash: key }, async (tx) => {
        const rule = { key: 'advance.supplement', value: 5, unit: 'wd', source: 'CHOSEN' }
        const times = { startedAt: new Date('2031-03-03T09:00:00+08:00'), dueAt: new Date('2031-03-11T00:00:00+08:00') }
        await w.services.deadlines.startDeadline(tx, { subject: 'meeting:1', name: 'other', unit: COUNTY, rule, ...times })
        return {}
      }) // prettier-ignore
    })

    it('is told to the county’s administrator, once', async () => {
      for (const at of ['2026-11-27T09:00:00+08:00', '2026-11-28T09:00:00+08:00']) {
        w.clock.set(at)
        await recheckGuessedYears(w.services, COUNTY)
        await w.settles()
      }
      expect(await media('HD-ADM', 'year_missing')).to.have.members(['screen', 'text'])
      expect(await shownTo('HD-ADM', 'year_missing')).to.equal(1)
      expect((await inWords('HD-ADM', 'year_missing'))[0]).to.match(/^2031 年/)
    })
  })
})
