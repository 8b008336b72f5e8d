import type { Connection } from 'mongoose'

/** A change of stored data that runs once, in the order of the list. */
export interface Migration {
  /** Sorts and names it, e.g. `2026-11-22-case-stage`. */
  readonly id: string
  run(connection: Connection): Promise<void>
}

/**
 * Brings the database to what this version expects: every model's collection and indexes, then the migrations not yet run.
 *
 * Safe to run again and by two processes at once: creating what exists changes nothing, and a migration is recorded when done.
 */
export async function migrate(connection: Connection, migrations: readonly Migration[] = []): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection()
    await model.createIndexes()
  }
  const done = connection.collection<{ _id: string; at: Date }>('migrations')
  for (const migration of migrations) {
    if (await done.findOne({ _id: migration.id })) continue
    await migration.run(connection)
    await done.updateOne({ _id: migration.id }, { $setOnInsert: { at: new Date() } }, { upsert: true })
  }
}
