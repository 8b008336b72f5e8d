import type { ShiftPart, WeeklyPattern } from '../../src/directory/index.ts'
import type { DemoCounty } from './places.ts'

/** A shift of the demo roster, every week. */
export interface DemoShift {
  readonly account: string
  readonly unit: string
  readonly part: ShiftPart
  readonly pattern: WeeklyPattern
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const WHOLE_DAY: WeeklyPattern = { days: EVERY_DAY, from: '00:00', to: '24:00' }
const NIGHT: WeeklyPattern = { days: EVERY_DAY, from: '20:00', to: '08:00' }
const DAY: WeeklyPattern = { days: EVERY_DAY, from: '08:00', to: '20:00' }

/** The roster of the shared fixture: in each township an officer, a stand-in and a second person who may pay; six operators. */
export function demoShifts({ code, townships, prefix }: DemoCounty): readonly DemoShift[] {
  const inTownships = townships.flatMap((township) => {
    const unit = `${code}${township.code}`
    const shift = (letter: string, part: ShiftPart): DemoShift => ({
      account: `${prefix}${letter}-${township.short}`,
      unit,
      part,
      pattern: WHOLE_DAY,
    })
    return [shift('D', 'duty'), shift('B', 'stand_in'), shift('K', 'second')]
  })
  const operators = ['O1', 'O2', 'O3', 'O4', 'O5', 'O6'].map((account, index): DemoShift => ({
    account: prefix + account,
    unit: `${code}-hotline`,
    part: 'duty',
    pattern: index < 3 ? NIGHT : DAY,
  }))
  return [...inTownships, ...operators]
}
