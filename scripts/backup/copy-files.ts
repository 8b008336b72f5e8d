import { cp, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describeFile } from './manifest.ts'
import type { FileCopy } from './manifest.ts'

/** Folder of photos, recordings and signatures in the data folder, and of their copies in a backup. */
export const FILES = 'files'

/** Copies all stored files into a backup. They are named by their content and never change, so any moment will do. */
export async function copyFiles(dataDir: string, folder: string): Promise<FileCopy[]> {
  const from = join(dataDir, FILES)
  const names = await filesIn(from)
  await mkdir(join(folder, FILES), { recursive: true })
  for (const name of names) await cp(join(from, name), join(folder, FILES, name))
  return Promise.all(names.map((name) => describeFile(folder, `${FILES}/${name}`)))
}

/** Paths of all files below a folder; none when it does not exist. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
}
