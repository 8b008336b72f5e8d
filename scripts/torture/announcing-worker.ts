import { Redis } from 'ioredis'
import { createAnnouncer, createFeed, createInTransaction, journalModels } from '../../src/journal/index.ts'
import { connectMongo } from '../../src/platform/mongo/index.ts'
import { systemClock } from '../../src/shared/clock.ts'

/**
 * A process that announces all a county has waiting, follows up every posting once, and ends; unless it meets its crash point before.
 *
 * What follows is a document in `followed_up`, written under the reaction's key like any command: done twice, it is done once.
 */
const [uri = '', redisUrl = '', keyPrefix = '', county = ''] = process.argv.slice(2)

const connection = await connectMongo(uri)
journalModels(connection)
const redis = new Redis(redisUrl, { keyPrefix })
const inTransaction = createInTransaction({ connection, clock: systemClock, wake: () => undefined })
const announcer = createAnnouncer({
  connection,
  redis,
  feed: createFeed(redis),
  roomsOf: ({ stream }) => [stream],
  reactionsTo: (type) => (type === 'ledger.posted' ? [{ name: 'torture', run: followUp }] : []),
  log: { error: (details, message) => console.error(message, details) },
})
await announcer.announceAll(county)
await announcer.stop()
process.exit(0)

async function followUp(
  { stream, seq }: { readonly stream: string; readonly seq: number },
  by: Parameters<typeof inTransaction>[0],
): Promise<void> {
  await inTransaction(by, async ({ session }) => {
    await connection.collection('followed_up').insertOne({ stream, seq }, { session })
    return null
  })
}
