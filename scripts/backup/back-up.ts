import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { MongoClient } from 'mongodb'
import { copyDatabase } from './copy-database.ts'
import { copyFiles } from './copy-files.ts'
import { writeManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'

export interface BackUpOptions {
  /** Names the database in its path. */
  readonly mongoUri: string
  readonly dataDir: string
  /** Folder to be made. */
  readonly into: string
  readonly now: () => Date
}

/**
 * Makes a backup: a folder that is either whole or not there.
 *
 * @throws Error when the folder holds something already
 */
export async function backUp({ mongoUri, dataDir, into, now }: BackUpOptions): Promise<Manifest> {
  const folder = resolve(into)
  const there = await readdir(folder).catch(() => [])
  if (there.length > 0) throw new Error(`${into} 不是空的 · is not empty: name a new folder`)
  const making = `${folder}.partial`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  const client = await new MongoClient(mongoUri, { retryWrites: false }).connect()
  try {
    const db = client.db()
    const at = now().toISOString()
    const collections = await copyDatabase(client, db, making)
    const files = await copyFiles(dataDir, making)
    const manifest: Manifest = { format: 1, database: db.databaseName, at, collections, files }
    await writeManifest(making, manifest)
    await rm(folder, { recursive: true, force: true })
    await rename(making, folder)
    return manifest
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    throw error
  } finally {
    await client.close()
  }
}
