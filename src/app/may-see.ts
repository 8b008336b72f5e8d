import { CASE_PERMISSIONS } from '../cases/index.ts'
import { FUND_PERMISSIONS } from '../ledger/index.ts'
import type { Actor } from '../shared/actor.ts'
import { may } from '../shared/permissions.ts'
import type { Services } from './services.ts'

type Question = (services: Services, actor: Actor, id: string) => Promise<boolean>

/** Who may follow what happens in a room. A kind of room that is not here is refused. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  case: async ({ cases }, actor, no) => {
    const found = await cases.find(actor.county, no)
    return found !== null && may(CASE_PERMISSIONS, actor, 'case.read', found)
  },
  fund: async ({ ledger }, actor, id) => {
    const head = await ledger.head(actor.county, id)
    return head !== null && may(FUND_PERMISSIONS, actor, 'fund.see', head)
  },
}

/** Whether an actor may see a room that is not theirs by role. */
export function maySeeRoom(services: Services): (actor: Actor, room: string) => Promise<boolean> {
  return async (actor, room) => {
    const kind = room.slice(0, room.indexOf(':'))
    const ask = QUESTIONS[kind]
    return ask ? ask(services, actor, room.slice(kind.length + 1)) : false
  }
}
