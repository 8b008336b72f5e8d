import type { Model } from 'mongoose'
import { native } from '../platform/mongo/index.ts'
import type { OutboxRow } from './outbox-row.ts'

/** A county's oldest rows, with everything else of the same streams, so that no stream is taken past a gap. */
export async function oldestRows(model: Model<OutboxRow>, county: string, limit: number): Promise<OutboxRow[]> {
  const rows = await native(model).find({ county }).sort({ _id: 1 }).limit(limit).toArray()
  if (rows.length < limit) return rows
  const streams = [...new Set(rows.map(({ stream }) => stream))]
  return native(model)
    .find({ county, stream: { $in: streams } })
    .sort({ _id: 1 })
    .toArray()
}
