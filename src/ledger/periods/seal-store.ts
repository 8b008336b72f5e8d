import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../../journal/index.ts'
import { native } from '../../platform/mongo/index.ts'
import type { Entry } from '../entry.ts'
import { ledgerModels } from '../ledger-model.ts'
import { withLongs } from '../long-numbers-store.ts'
import { proofModels } from '../proof/proof-model.ts'
import type { Seal } from './seal.ts'

/** The seals of closed months. Each is written once and stays. */
export interface SealStore {
  /** Keeps the first seal of a month. @returns the one that is kept */
  add(seal: Seal): Promise<Seal>
  find(county: string, fundId: string, period: string): Promise<Seal | undefined>
  /** Of a fund, a month, or a whole county; by fund and month. */
  list(county: string, where?: { readonly fundId?: string; readonly period?: string }): Promise<Seal[]>
  /** Entries that close months, by fund and number. */
  closes(county: string): Promise<Entry[]>
}

const WITHOUT_ID = { projection: { _id: 0 } } as const

/** The seals on a connection. */
export function createSealStore(connection: Connection): SealStore {
  const seals = native(proofModels(connection).seals)
  const entries = native(ledgerModels(connection).entries)
  const find = async (county: string, fundId: string, period: string): Promise<Seal | undefined> =>
    ((await seals.findOne({ county, fundId, period }, WITHOUT_ID)) as Seal | null) ?? undefined

  return {
    async add(seal) {
      const { county, fundId, period } = seal
      try {
        await seals.insertOne(withLongs({ _id: `${fundId}:${period}`, ...seal }))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
      return (await find(county, fundId, period)) as Seal
    },
    find,
    async list(county, where = {}) {
      const found = await seals
        .find({ county, ...where }, WITHOUT_ID)
        .sort({ fundId: 1, period: 1 })
        .toArray()
      return found
    },
    async closes(county) {
      return entries.find<Entry>({ county, 'source.type': 'period' }).sort({ fundId: 1, seq: 1 }).toArray()
    },
  }
}
