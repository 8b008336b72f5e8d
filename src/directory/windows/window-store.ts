import type { Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import type { Window } from './window.ts'
import { windowModel } from './window-model.ts'

/** Reads and writes windows. */
export interface WindowStore {
  /** All windows of a county or of one unit, also those that closed for good. */
  list(county: string, unit?: string): Promise<readonly Window[]>
  find(county: string, id: string, tx?: Tx): Promise<Window | undefined>
  insert(window: Window, tx: Tx): Promise<void>
  /** Replaces the version that was read. False when somebody else was faster. */
  replace(window: Window, readVersion: number, tx: Tx): Promise<boolean>
}

export function createWindowStore(connection: Connection): WindowStore {
  const windows = native(windowModel(connection))
  return {
    async list(county, unit) {
      const filter = unit === undefined ? { county } : { county, unit }
      return await windows.find(filter).sort({ unit: 1, _id: 1 }).toArray()
    },
    async find(county, id, tx) {
      const found = await windows.findOne({ county, _id: id }, tx ? { session: tx.session } : {})
      return found ?? undefined
    },
    async insert(window, tx) {
      await windows.insertOne(window, { session: tx.session })
    },
    async replace(window, readVersion, tx) {
      const { _id, county } = window
      const done = await windows.replaceOne({ county, _id, version: readVersion }, window, { session: tx.session })
      return done.matchedCount === 1
    },
  }
}
