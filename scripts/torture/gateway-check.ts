import { MongoError } from 'mongodb'
import type { ClientSession, Db, MongoClient } from 'mongodb'
import type { Ledger } from './gateway-work.ts'

/** Attempts to read while the database comes back; each waits for a server by itself. */
const MOST_TRIES = 20

/** What stands in the database at one instant. */
interface Picture {
  readonly left: readonly string[]
  readonly right: readonly string[]
  readonly counted: number
}

/**
 * Checks the picture of one instant: every transaction is there whole or not at all, and once.
 *
 * @returns the transactions that are there
 * @throws Error naming the first that is not
 */
export async function checkWholeness(client: MongoClient, db: Db): Promise<ReadonlySet<string>> {
  const { left, right, counted } = await pictureOf(client, db)
  const [lefts, rights] = [new Set(left), new Set(right)]
  const half = left.find((op) => !rights.has(op)) ?? right.find((op) => !lefts.has(op))
  if (half !== undefined) throw new Error(`Half a transaction is visible: ${half}`)
  if (lefts.size !== left.length || rights.size !== right.length) throw new Error('A transaction was applied twice')
  if (counted !== left.length) throw new Error(`The heads count ${counted}, there are ${left.length} transactions`)
  return lefts
}

/** Checks that every acknowledged commit is there. @throws Error naming how many are not */
export function checkNothingLost({ acknowledged }: Ledger, stored: ReadonlySet<string>): void {
  const lost = [...acknowledged].filter((op) => !stored.has(op))
  if (lost.length > 0) throw new Error(`${lost.length} acknowledged commits are lost, first ${String(lost[0])}`)
}

/** Looks until it can: the database has just been broken. */
async function pictureOf(client: MongoClient, db: Db): Promise<Picture> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await client.withSession((session) => session.withTransaction(() => takePicture(db, session)))
    } catch (error) {
      if (!(error instanceof MongoError) || tries === MOST_TRIES) throw error
    }
  }
}

async function takePicture(db: Db, session: ClientSession): Promise<Picture> {
  const ops = async (side: string): Promise<string[]> => {
    const found = await db
      .collection<{ op: string }>(side)
      .find({}, { session, projection: { op: 1 }, batchSize: 5_000 })
      .toArray()
    return found.map(({ op }) => op)
  }
  const left = await ops('left')
  const right = await ops('right')
  const heads = await db.collection<{ count: number }>('heads').find({}, { session }).toArray()
  return { left, right, counted: heads.reduce((sum, { count }) => sum + count, 0) }
}
