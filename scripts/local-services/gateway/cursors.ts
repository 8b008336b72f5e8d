import type { TransactionId } from './command.ts'

/** A cursor with pages left. */
export interface OpenCursor {
  readonly id: bigint
  readonly db: string
  readonly collection: string
  /** Where the engine goes on. */
  continuation: Buffer
  /** Session of the transaction it belongs to. */
  readonly session?: string
  usedAt: number
}

/** Cursors between their pages. They hold no data: the engine goes on from the continuation. */
export interface Cursors {
  keep(id: bigint, db: string, collection: string, continuation: Buffer, transaction?: TransactionId): void
  find(id: bigint): OpenCursor | undefined
  drop(id: bigint): OpenCursor | undefined
  /** Forgets the cursors of a transaction that ended. */
  endTransaction(session: string): void
  /** Drops cursors that nobody asked for in ten minutes, and gives them. */
  dropIdle(): OpenCursor[]
  count(): number
}

/** Milliseconds. Source: MongoDB, cursorTimeoutMillis, 600 000. */
const IDLE_MS = 600_000

export function createCursors(): Cursors {
  const open = new Map<bigint, OpenCursor>()

  function drop(id: bigint): OpenCursor | undefined {
    const cursor = open.get(id)
    open.delete(id)
    return cursor
  }

  return {
    keep(id, db, collection, continuation, transaction) {
      const session = transaction ? { session: transaction.session } : {}
      // A copy: the page it came with must not be kept alive by it.
      open.set(id, { id, db, collection, continuation: Buffer.from(continuation), usedAt: Date.now(), ...session })
    },
    find(id) {
      const cursor = open.get(id)
      if (cursor) cursor.usedAt = Date.now()
      return cursor
    },
    drop,
    endTransaction(session) {
      for (const cursor of open.values()) if (cursor.session === session) open.delete(cursor.id)
    },
    dropIdle() {
      const idle = [...open.values()].filter((cursor) => !cursor.session && Date.now() - cursor.usedAt > IDLE_MS)
      for (const cursor of idle) open.delete(cursor.id)
      return idle
    },
    count: () => open.size,
  }
}
