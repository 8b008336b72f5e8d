import type { Document } from 'mongodb'
import type { Connection } from 'mongoose'
import type { Services } from '../../src/app/services.ts'
import { migrate } from '../../src/platform/mongo/index.ts'
import { seedFixture } from '../../scripts/run/seed-demo.ts'

/** Everything the fixture wrote, by collection. */
type Written = readonly (readonly [collection: string, documents: readonly Document[]])[]

let written: Promise<Written> | undefined

/** Puts the fixture into an empty database: by its own actions the first time in a process, after that by copying what they wrote. */
export async function putFixture(services: Services, password: string): Promise<void> {
  const { connection } = services
  if (written === undefined) {
    written = seedFixture(services, undefined, password).then(() => readAll(connection))
    await written
    return
  }
  const copied = await written
  await migrate(connection)
  for (const [collection, documents] of copied)
    if (documents.length > 0) await connection.collection(collection).insertMany([...documents])
}

/** Numbers keep the kind in which they are stored. */
async function readAll(connection: Connection): Promise<Written> {
  const collections = await connection.listCollections()
  return Promise.all(
    collections.map(async ({ name }) => {
      const documents = await connection.collection(name).find({}, { promoteValues: false }).toArray()
      return [name, documents] as const
    }),
  )
}
