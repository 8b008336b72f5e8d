import { expect } from 'chai'
import { decideAid } from '../../src/aid/index.ts'
import type { Services } from '../../src/app/services.ts'
import type { ParameterKey, Policies, Policy } from '../../src/policy/index.ts'
import { missingForGoLive } from '../../src/policy/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import { systemActor } from '../../src/shared/actor.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { aRequest } from '../support/a-request.ts'
import { freshCounty } from '../support/database.ts'
import type { World } from '../support/world.ts'
import { world } from '../support/world.ts'

const COUNTY = '371312'

describe('Aid - decide before go-live', () => {
  let w: World

  before(async () => {
    w = await world()
    w.clock.set('2026-11-20T11:00:00+08:00')
  })

  const taken = async (): Promise<string> => {
    const caseNo = await aRequest(w, 'HD-O4', {
      place: { code: '371312001', text: '柳岸村' },
      phone: '12800009999',
      text: '没有吃的',
    })
    await acknowledgeCase(w.services, { no: caseNo }, await w.by('HD-D-九曲'))
    return caseNo
  }
  const decides = async (services: Services, no: string): Promise<unknown> => {
    const orders = [{ kind: 'CASH' as const, amountFen: 1_000, payee: { name: '测试壬', relation: 'self' as const } }]
    const form = { no, kind: 'QUICK' as const, persons: 1, reason: '没有吃的', orders }
    return decideAid(services, form, await w.by('HD-D-九曲')).catch((error: unknown) => error)
  }
  /** A county that has not said how large its reserve funds are. */
  const notReady = (): Services => ({ ...w.services, policies: without(w.services.policies, 'imprest.float_fen') })
  /** As it was before anybody decided. */
  const beforeAnyDecision = (services: Services): Services => ({
    ...services,
    aid: { ...services.aid, hasDecided: () => Promise.resolve(false) },
  })

  it('finds both demo counties ready', async () => {
    for (const county of ['320614', '371312'])
      expect(await missingForGoLive(w.services, county, w.clock.now()), county).to.deep.equal([])
  })

  it('refuses the first decision of a county that has not set its money parameters, and holds nothing', async () => {
    const no = await taken()
    const refused = await decides(beforeAnyDecision(notReady()), no)
    expect(refused).to.be.instanceOf(DomainError).and.to.deep.include({ code: 'policy.not_ready' })
    expect((refused as DomainError).details).to.include({ missing: 'imprest.float_fen' })
    expect((await w.services.cases.find(COUNTY, no))!.aid.heldFen).to.equal(0)
  })

  it('says in both languages what has to be done and by whom', () => {
    const say = (lng: 'zh-CN' | 'en') => w.services.presenterIn(lng).error('policy.not_ready', { missing: 'x' })
    expect(say('zh-CN')).to.include('请县民政按文件登记')
    expect(say('en')).to.include('County civil affairs records what is missing')
  })

  it('takes and routes requests all the same', async () => {
    const no = await taken()
    expect((await w.services.cases.find(COUNTY, no))!.state).to.equal('ACKED')
  })

  it('never stops aid again for it once the county has decided', async () => {
    const no = await taken()
    expect(await decides(w.services, no)).to.include({ state: 'DECIDED' })
    expect(await decides(notReady(), await taken())).to.include({ state: 'DECIDED' })
  })

  it('knows which counties have decided', async () => {
    const hasDecided = async (county: string, key: string) =>
      w.services.inTransaction({ actor: systemActor(county), key, bodyHash: key }, (tx) =>
        w.services.aid.hasDecided(tx),
      )
    expect(await hasDecided(COUNTY, 'test/decided')).to.equal(true)
    expect(await hasDecided(freshCounty(), 'test/undecided')).to.equal(false)
  })
})

function without(policies: Policies, missing: ParameterKey): Policies {
  return {
    ...policies,
    at: async (question) => {
      const policy = await policies.at(question)
      const find: Policy['find'] = (key) => (key === missing ? undefined : policy.find(key))
      return { ...policy, find }
    },
  }
}
