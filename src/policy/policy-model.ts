import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { CalendarTable } from './calendar-table.ts'
import type { PolicyValue } from './policy-value.ts'

/** Counts the changes of one scope's values and tables, so that snapshots know when they are old. */
export interface PolicyVersion {
  /** The county, or a wider scope. */
  readonly _id: string
  readonly county: string
  readonly version: number
}

const anything = Schema.Types.Mixed

const valueSchema = new Schema(
  {
    _id: String,
    county: String,
    scope: String,
    key: String,
    value: anything,
    unit: String,
    validFrom: String,
    validTo: String,
    lock: String,
    source: anything,
    recordedAt: Date,
    recordedBy: String,
  },
  { versionKey: false, minimize: false, collection: 'policy_values' },
)
valueSchema.index({ county: 1, key: 1, validFrom: 1 })

const tableSchema = new Schema(
  {
    _id: String,
    county: String,
    year: Number,
    holidays: [String],
    workdays: [String],
    isWholeYear: Boolean,
    source: anything,
    recordedAt: Date,
    recordedBy: String,
  },
  { versionKey: false, minimize: false, collection: 'calendar_tables' },
)
tableSchema.index({ county: 1, year: 1 })

const versionSchema = new Schema(
  { _id: String, county: String, version: Number },
  { versionKey: false, collection: 'policy_versions' },
)
versionSchema.index({ county: 1 })

/** Registers the collections of parameters and calendars on a connection. */
export function policyModels(connection: Connection): {
  values: Model<PolicyValue>
  tables: Model<CalendarTable>
  versions: Model<PolicyVersion>
} {
  const { models } = connection
  return {
    values: (models['PolicyValue'] ?? connection.model('PolicyValue', valueSchema)) as Model<PolicyValue>,
    tables: (models['CalendarTable'] ?? connection.model('CalendarTable', tableSchema)) as Model<CalendarTable>,
    versions: (models['PolicyVersion'] ?? connection.model('PolicyVersion', versionSchema)) as Model<PolicyVersion>,
  }
}
