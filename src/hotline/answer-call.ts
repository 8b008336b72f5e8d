import type { DutyLadderServices, DutyRung, Hotline, HotlineStore } from '../directory/index.ts'
import { dutyLadder } from '../directory/index.ts'
import type { InTransaction, Tx } from '../journal/index.ts'
import { isDuplicateKeyIn } from '../journal/index.ts'
import type { CallerLookUp, HouseholdStore, PersonStore } from '../people/index.ts'
import { lookUpCaller, noteLookUp } from '../people/index.ts'
import type { FieldVault } from '../platform/privacy/index.ts'
import { systemActor } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { DomainError } from '../shared/errors.ts'
import type { CallRecord } from './call.ts'
import { hotlineId } from './call.ts'
import type { CallStore } from './call-store.ts'

export interface AnswerCallServices extends DutyLadderServices {
  readonly calls: CallStore
  readonly hotlines: HotlineStore
  readonly people: PersonStore
  readonly households: HouseholdStore
  readonly vault: FieldVault
  readonly clock: Clock
  readonly inTransaction: InTransaction
}

/** What the exchange tells about a ringing call. */
export interface RingingCall {
  readonly callSid: string
  /** E.164, a short code, or `anonymous`. */
  readonly from: string
  readonly to: string
}

/** A call as it rings: whose line, and which operators may answer. */
export interface Ringing {
  readonly line: Hotline
  readonly operators: readonly DutyRung[]
}

/** Reasons on the ladder of a line by which somebody sits at it now, and does not only answer for it in the end. */
const AT_THE_LINE: readonly string[] = ['roster', 'substitute', 'stand_in']

/**
 * A call comes in: found or created by its id, because webhooks repeat; the caller is looked up and every screen of the line is told.
 *
 * Looking up leaves its trace in the same transaction. A withheld number is a call all the same.
 *
 * @throws DomainError `line.not_found` when nobody answers under the number that was dialled
 */
export async function answerCall(services: AnswerCallServices, ringing: RingingCall): Promise<Ringing> {
  const now = services.clock.now()
  const line = await services.hotlines.byNumber(ringing.to, now)
  if (!line) throw new DomainError('line.not_found', 'No hotline has this number', { to: ringing.to })
  const { county, unit } = line
  if (!(await services.calls.find(county, ringing.callSid))) await recordCall(services, ringing, line)
  const ladder = await dutyLadder(services, { county, unit, at: now, line: line._id })
  return { line, operators: ladder.filter(({ reason }) => AT_THE_LINE.includes(reason)) }
}

async function recordCall(services: AnswerCallServices, ringing: RingingCall, line: Hotline): Promise<void> {
  const { county } = line
  const lookUp = await lookUpCaller(services, { county, phone: ringing.from })
  const key = `call/${ringing.callSid}/ring`
  const actor = systemActor(county)
  try {
    await services.inTransaction({ actor, key, bodyHash: key }, async (tx) => {
      const record = newCall(services.vault, tx, ringing, line, lookUp)
      await services.calls.insert(tx, record)
      noteLookUp(services, tx, {
        query: { phone: ringing.from },
        candidates: lookUp.candidates,
        on: `call:${ringing.callSid}`,
      })
      tx.announce({
        stream: `call:${ringing.callSid}`,
        type: 'call.ringing',
        isFirst: true,
        data: { callSid: ringing.callSid, line: line.unit, candidates: lookUp.candidates.length },
      })
      return { sid: record.sid }
    })
  } catch (error) {
    if (!isDuplicateKeyIn(error, 'calls')) throw error
  }
}

function newCall(vault: FieldVault, tx: Tx, ringing: RingingCall, line: Hotline, lookUp: CallerLookUp): CallRecord {
  const record = hotlineId(tx.county, ringing.callSid)
  const from = lookUp.phone?.number
  return {
    _id: record,
    county: tx.county,
    sid: ringing.callSid,
    version: 1,
    line: line.unit,
    ...(from ? { from: vault.seal(from, { collection: 'calls', field: 'from', record }) } : {}),
    state: 'RINGING',
    personIds: lookUp.candidates.map(({ person }) => person.personId),
    startedAt: tx.at,
  }
}
