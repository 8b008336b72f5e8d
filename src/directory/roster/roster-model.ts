import type { Connection, Model } from 'mongoose'
import { Schema } from 'mongoose'
import type { Absence } from './absence.ts'
import type { HandOver } from './hand-over.ts'
import type { Shift } from './shift.ts'

const anything = Schema.Types.Mixed

const shiftSchema = new Schema(
  {
    _id: String,
    county: String,
    unit: String,
    line: String,
    staffId: String,
    part: String,
    pattern: anything,
    validFrom: Date,
    validTo: Date,
    version: Number,
  },
  { versionKey: false, collection: 'shifts' },
)
shiftSchema.index({ county: 1, unit: 1, validTo: 1 })

const absenceSchema = new Schema(
  {
    _id: String,
    county: String,
    unit: String,
    staffId: String,
    from: Date,
    to: Date,
    substituteId: String,
    version: Number,
  },
  { versionKey: false, collection: 'absences' },
)
absenceSchema.index({ county: 1, to: 1 })

const handOverSchema = new Schema(
  {
    _id: String,
    county: String,
    unit: String,
    line: String,
    byStaffId: String,
    at: Date,
    note: String,
    readBy: anything,
  },
  { versionKey: false, collection: 'hand_overs' },
)
handOverSchema.index({ county: 1, unit: 1, at: -1 })

/** A gap that was reported, so that it is reported once. Gone when it is filled. */
export interface ReportedGap {
  /** `county/unit/line/from` */
  readonly _id: string
  readonly county: string
  readonly unit: string
  readonly line?: string
  readonly from: Date
  readonly to: Date
}

const gapSchema = new Schema(
  { _id: String, county: String, unit: String, line: String, from: Date, to: Date },
  { versionKey: false, collection: 'roster_gaps' },
)
gapSchema.index({ county: 1, from: 1 })

/** The collections of the roster on a connection. */
export function rosterModels(connection: Connection): {
  shifts: Model<Shift>
  absences: Model<Absence>
  handOvers: Model<HandOver>
  gaps: Model<ReportedGap>
} {
  const { models } = connection
  return {
    shifts: (models['Shift'] ?? connection.model('Shift', shiftSchema)) as Model<Shift>,
    absences: (models['Absence'] ?? connection.model('Absence', absenceSchema)) as Model<Absence>,
    handOvers: (models['HandOver'] ?? connection.model('HandOver', handOverSchema)) as Model<HandOver>,
    gaps: (models['RosterGap'] ?? connection.model('RosterGap', gapSchema)) as Model<ReportedGap>,
  }
}
