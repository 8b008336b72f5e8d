import type { ClientSession, Connection } from 'mongoose'
import type { Tx } from '../../journal/index.ts'
import { native, replaceVersion } from '../../platform/mongo/index.ts'
import { DomainError } from '../../shared/errors.ts'
import type { Filter } from '../../shared/permissions.ts'
import type { PaymentFile } from './payment-file.ts'
import { paymentFileId } from './payment-file.ts'
import { paymentFileModel } from './payment-file-model.ts'

/** The queries of payment files. Every one begins with the county. */
export interface PaymentFileStore {
  find(county: string, no: string, session?: ClientSession): Promise<PaymentFile | null>
  /** @throws DomainError `payment_file.not_found` */
  get(tx: Tx, no: string): Promise<PaymentFile>
  insert(tx: Tx, file: PaymentFile): Promise<void>
  /** @throws DomainError `version.stale` */
  save(tx: Tx, before: PaymentFile, after: PaymentFile): Promise<PaymentFile>
  /** Those at the bank first, then the newest. */
  list(county: string, visible: Filter, limit: number): Promise<readonly PaymentFile[]>
}

export function createPaymentFileStore(connection: Connection): PaymentFileStore {
  const files = native(paymentFileModel(connection))
  const find: PaymentFileStore['find'] = async (county, no, session) =>
    await files.findOne<PaymentFile>({ _id: paymentFileId(county, no) }, session ? { session } : {})

  return {
    find,
    async get(tx, no) {
      const found = await find(tx.county, no, tx.session)
      if (!found) throw new DomainError('payment_file.not_found', `No payment file ${no}`)
      return found
    },
    async insert({ session }, file) {
      await files.insertOne(file, { session })
    },
    save: (tx, before, after) => replaceVersion(files, tx, before, after),
    async list(county, visible, limit) {
      const where = { county, $and: [visible] } as object
      const open = await files
        .find({ ...where, state: 'OPEN' })
        .sort({ madeAt: 1 })
        .limit(limit)
        .toArray()
      const done = await files
        .find({ ...where, state: { $ne: 'OPEN' } } as object)
        .sort({ madeAt: -1 })
        .limit(limit)
        .toArray()
      return [...open, ...done]
    },
  }
}
