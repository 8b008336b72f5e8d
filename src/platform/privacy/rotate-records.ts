/** A collection whose records can be brought to the newest key. */
export interface RotatableRecords {
  /** Ids of the records after one, in order of id; an empty list is the end. */
  idsAfter(after: string | undefined, limit: number): Promise<readonly string[]>
  /**
   * Seals one record again, values and tokens, if it needs it. Writes only when nobody changed the record meanwhile.
   *
   * @returns `busy` when somebody did: it is tried again
   */
  rotate(id: string): Promise<'rotated' | 'current' | 'busy'>
}

export interface RotationOptions {
  /** Records per batch. */
  readonly batchSize?: number
  /** Called after every batch with what has been done; awaiting it slows the work down on purpose. */
  readonly onBatch?: (progress: RotationProgress) => Promise<void> | void
}

export interface RotationProgress {
  readonly seen: number
  readonly rotated: number
  /** Records that were busy at every try; running again takes them up. */
  readonly busy: readonly string[]
  /** Where to go on after an interruption. */
  readonly last: string | undefined
}

const BATCH_SIZE = 200
const TRIES = 5

/**
 * Brings all records to the newest key, in batches, without stopping the work around it.
 *
 * May be interrupted and run again at any time. The old key may leave `FIELD_KEYS` once a whole run reports nothing busy.
 *
 * @param after - id to go on behind, from an earlier run's `last`
 */
export async function rotateRecords(
  records: RotatableRecords,
  options: RotationOptions = {},
  after?: string,
): Promise<RotationProgress> {
  let progress: RotationProgress = { seen: 0, rotated: 0, busy: [], last: after }
  for (;;) {
    const ids = await records.idsAfter(progress.last, options.batchSize ?? BATCH_SIZE)
    if (ids.length === 0) return progress
    for (const id of ids) progress = count(progress, id, await rotateWithTries(records, id))
    await options.onBatch?.(progress)
  }
}

async function rotateWithTries(records: RotatableRecords, id: string): ReturnType<RotatableRecords['rotate']> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    const outcome = await records.rotate(id)
    if (outcome !== 'busy') return outcome
  }
  return records.rotate(id)
}

function count(progress: RotationProgress, id: string, outcome: 'rotated' | 'current' | 'busy'): RotationProgress {
  return {
    seen: progress.seen + 1,
    rotated: progress.rotated + (outcome === 'rotated' ? 1 : 0),
    busy: outcome === 'busy' ? [...progress.busy, id] : progress.busy,
    last: id,
  }
}
