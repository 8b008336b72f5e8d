import type { Connection } from 'mongoose'
import type { Tx } from '../journal/index.ts'
import { native } from '../platform/mongo/index.ts'
import type { Filter } from '../shared/permissions.ts'
import type { IntakeRecord } from './intake.ts'
import { intakeId } from './intake.ts'
import { intakeModel } from './intake-model.ts'

/** A page of intakes, newest first. */
export interface IntakePage {
  readonly intakes: readonly IntakeRecord[]
  readonly next?: string
}

export interface IntakeStore {
  find(county: string, no: string): Promise<IntakeRecord | null>
  insert(tx: Tx, record: IntakeRecord): Promise<void>
  listNewest(county: string, visible: Filter, limit: number, after?: string): Promise<IntakePage>
  /** Earlier requests from a phone, newest first. */
  ofPhone(county: string, tokens: readonly string[], limit: number): Promise<readonly IntakeRecord[]>
  ofCase(county: string, caseNo: string): Promise<readonly IntakeRecord[]>
}

export function createIntakeStore(connection: Connection): IntakeStore {
  const intakes = native(intakeModel(connection))
  return {
    async find(county, no) {
      return await intakes.findOne<IntakeRecord>({ _id: intakeId(county, no) })
    },
    async insert(tx, record) {
      await intakes.insertOne(record, { session: tx.session })
    },
    async listNewest(county, visible, limit, after) {
      const beyond = after ? { _id: { $lt: after } } : {}
      const found = (await intakes
        .find({ county, $and: [visible, beyond] } as object)
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray()) as IntakeRecord[]
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      return found.length > limit && last ? { intakes: shown, next: last._id } : { intakes: shown }
    },
    async ofPhone(county, tokens, limit) {
      if (tokens.length === 0) return []
      const found = await intakes
        .find({ county, phoneTokens: { $in: [...tokens] } })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray()
      return found
    },
    async ofCase(county, caseNo) {
      return await intakes.find({ county, caseNo }).sort({ _id: 1 }).toArray()
    },
  }
}
