import {
  acceptItem,
  declareInterest,
  giveOpinion,
  openItem,
  proposeCase,
  resolveItem,
  scheduleItem,
} from '../../src/conference/index.ts'
import { verifyCase } from '../../src/cases/index.ts'
import { acknowledgeCase } from '../../src/routing/index.ts'
import type { By } from '../../src/shared/actor.ts'
import { DomainError } from '../../src/shared/errors.ts'
import { aRequest } from '../support/a-request.ts'
import type { World } from '../support/world.ts'

/** Townships of the fixture that stories of the conference play in. */
const CODES = { 正余: '320614107', 常乐: '320614103', 悦来: '320614104' } as const

export type Township = keyof typeof CODES

/** Unit id of a department of the fixture's first county. */
export const unitOf = (word: string): string => (word === 'civil' ? '320614' : `320614-${word}`)

/** What the steps need: a world, or a running installation. */
export interface StoryPlace {
  readonly services: World['services']
  readonly clock: { now(): Date }
  by(account: string): Promise<By>
}

/** Words of a conference story. Each step is done by whoever does it in the fixture, unless somebody else is named. */
export function conferenceStory(w: StoryPlace) {
  const { services } = w
  const story = {
    /** A case that has just come to the township. */
    async registered(township: Township, urgency: 'P0' | 'P1' | 'P2' | 'P3' = 'P2'): Promise<string> {
      const caseNo = await aRequest(w, 'O1', {
        urgency,
        place: { code: CODES[township], text: `${township}镇` },
        phone: '12800002222',
        text: '房屋危险，两人患病。',
      })
      return caseNo
    },
    async verified(township: Township, urgency: 'P0' | 'P1' | 'P2' | 'P3' = 'P2'): Promise<string> {
      const no = await story.registered(township, urgency)
      await acknowledgeCase(services, { no }, await w.by(`D-${township}`))
      await verifyCase(services, { no }, await w.by(`D-${township}`))
      return no
    },
    async proposed(township: Township, urgency: 'P0' | 'P1' | 'P2' | 'P3' = 'P2'): Promise<string> {
      const no = await story.verified(township, urgency)
      return (await story.propose(no, `D-${township}`)).id
    },
    propose: async (no: string, account: string) =>
      proposeCase(services, { no, triggers: ['several_departments'], reason: '要几个部门一起帮' }, await w.by(account)),
    accept: async (id: string, account = 'C1') => acceptItem(services, { id }, await w.by(account)),
    schedule: async (id: string, units: readonly string[], account = 'S1') =>
      scheduleItem(
        services,
        { id, meetingAt: new Date(w.clock.now().getTime() + 3_600_000), units: units.map(unitOf) },
        await w.by(account),
      ),
    async scheduled(township: Township, ...units: string[]): Promise<string> {
      const id = await story.proposed(township)
      await story.accept(id)
      await story.schedule(id, units)
      return id
    },
    open: async (id: string, account = 'CH1') => openItem(services, { id }, await w.by(account)),
    speaks: async (id: string, account: string, stance: 'FOR' | 'AGAINST' | 'ABSTAIN' = 'FOR', text = '可以办') =>
      giveOpinion(services, { id, stance, text, offerFen: 0 }, await w.by(account)),
    standsBack: async (id: string, account: string) =>
      declareInterest(services, { id, reason: '当事人是我表弟' }, await w.by(account)),
    resolve: async (id: string, present: readonly string[], tasked: readonly string[] = [], account = 'S1') =>
      resolveItem(
        services,
        {
          id,
          text: '同意一并帮扶',
          presentUnits: present.map(unitOf),
          measures: tasked.map((unit) => ({
            unit: unitOf(unit),
            text: '按承诺办理',
            amountFen: 0,
            dueAt: new Date(w.clock.now().getTime() + 30 * 86_400_000),
          })),
        },
        await w.by(account),
      ),
    item: async (id: string) => {
      const found = await services.conferences.find('320614', id)
      if (!found) throw new Error(`No item ${id}`)
      return found
    },
    caseOf: async (id: string) => {
      const { caseNo } = await story.item(id)
      const found = await services.cases.find('320614', caseNo)
      if (!found) throw new Error(`No case ${caseNo}`)
      return found
    },
  }
  return story
}

/** The code with which something was refused; fails when it was not. */
export async function refusalOf(doing: Promise<unknown>): Promise<DomainError> {
  try {
    await doing
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('It was not refused')
}
