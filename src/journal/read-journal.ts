import type { Connection } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { JournalLine } from './journal-line.ts'
import { journalModels } from './journal-model.ts'

/** Reads the record; it has no way to change it. */
export interface JournalReader {
  /** The lines of a stream, oldest first, after a sequence number. */
  stream(county: string, stream: string, options?: { after?: number; limit?: number }): Promise<readonly JournalLine[]>
}

/** Largest page of lines. */
const PAGE = 200

export function createJournalReader(connection: Connection): JournalReader {
  const { journal } = journalModels(connection)
  return {
    async stream(county, stream, { after = 0, limit = PAGE } = {}) {
      const lines = await native(journal)
        .find({ county, stream, seq: { $gt: after } })
        .sort({ seq: 1 })
        .limit(limit)
        .toArray()
      return lines
    },
  }
}
