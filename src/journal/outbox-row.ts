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
