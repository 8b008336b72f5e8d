import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Staff } from './staff.ts'

const anything = Schema.Types.Mixed

const staffSchema = new Schema(
  {
    _id: String,
    county: String,
    account: String,
    name: String,
    unit: String,
    roles: anything,
    phone: String,
    language: String,
    generation: Number,
    password: anything,
    totp: anything,
    totpPending: anything,
    lastSignInAt: Date,
    endedAt: Date,
    validFrom: Date,
    validTo: Date,
    version: Number,
  },
  { versionKey: false, collection: 'staff' },
)
staffSchema.index({ county: 1, unit: 1, _id: 1 })
staffSchema.index({ county: 1, 'roles.unit': 1 })

/** Who owns an account name. Its id is the name as compared, so that it is unique over all counties and found without knowing one. */
export interface AccountOwner {
  readonly _id: string
  readonly county: string
  readonly staffId: string
}

const accountSchema = new Schema(
  { _id: String, county: String, staffId: String },
  { versionKey: false, collection: 'accounts' },
)

/** The collections of staff and their account names on a connection. */
export function staffModels(connection: Connection): { staff: Model<Staff>; accounts: Model<AccountOwner> } {
  return {
    staff: (connection.models['Staff'] ?? connection.model('Staff', staffSchema)) as Model<Staff>,
    accounts: (connection.models['Account'] ?? connection.model('Account', accountSchema)) as Model<AccountOwner>,
  }
}
