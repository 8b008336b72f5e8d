import type { Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { JournalLine } from './journal-line.ts'
import { GENESIS, hashLine } from './journal-line.ts'
import { journalModels } from './journal-model.ts'

/** The first line that does not hold, and why. */
export interface JournalFault {
  readonly line: string
  readonly why: 'gap' | 'link' | 'hash'
}

export interface JournalVerdict {
  readonly lines: number
  readonly streams: number
  readonly faults: readonly JournalFault[]
}

/** Re-derives every chain of a county, or of all: sequence without gaps, links, hashes. Streams are read in order; memory stays flat. */
export async function verifyJournal(connection: Connection, county?: string): Promise<JournalVerdict> {
  const { journal } = journalModels(connection)
  const cursor = native(journal)
    .find(county === undefined ? {} : { county }, { batchSize: 1000 })
    .sort({ county: 1, stream: 1, seq: 1 })
  const faults: JournalFault[] = []
  let lines = 0
  let streams = 0
  let previous: JournalLine | undefined
  for await (const found of cursor) {
    const line = found as JournalLine
    const isSameStream = previous?.stream === line.stream && previous.county === line.county
    if (!isSameStream) streams += 1
    const why = faultOf(line, isSameStream ? previous : undefined)
    if (why) faults.push({ line: line._id, why })
    lines += 1
    previous = line
  }
  return { lines, streams, faults }
}

function faultOf(line: JournalLine, previous: JournalLine | undefined): JournalFault['why'] | undefined {
  if (line.seq !== (previous?.seq ?? 0) + 1) return 'gap'
  if (line.prev !== (previous?.hash ?? GENESIS)) return 'link'
  return hashLine(line) === line.hash ? undefined : 'hash'
}
