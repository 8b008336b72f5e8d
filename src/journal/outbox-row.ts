/** What waits to be announced after a commit: the fact without its chain. Deleted once announced. */
export interface OutboxRow {
  /** Sorts by the time it was made. */
  readonly _id: string
  readonly county: string
  readonly stream: string
  readonly seq: number
  readonly type: string
  readonly at: Date
  readonly data: Readonly<Record<string, unknown>>
}

/** Streams in the order of their oldest row; within a stream by sequence. */
export function byStream<Row extends Pick<OutboxRow, 'stream' | 'seq'>>(rows: readonly Row[]): Row[][] {
  const streams = new Map<string, Row[]>()
  for (const row of rows) streams.set(row.stream, [...(streams.get(row.stream) ?? []), row])
  return [...streams.values()].map((ofStream) => ofStream.sort((a, b) => a.seq - b.seq))
}
