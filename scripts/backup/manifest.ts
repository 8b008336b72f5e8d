import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const fileSchema = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })

const collectionSchema = fileSchema.extend({
  name: z.string(),
  documents: z.number().int(),
  /** Indexes as MongoDB lists them, without the one on `_id`. */
  indexes: z.array(z.record(z.string(), z.unknown())),
})

const manifestSchema = z.object({
  format: z.literal(1),
  database: z.string(),
  /** When the copy's instant was, RFC 3339. */
  at: z.string(),
  collections: z.array(collectionSchema),
  files: z.array(fileSchema),
})

/** What a backup holds. */
export type Manifest = z.infer<typeof manifestSchema>

/** One collection of a backup: its documents in BSON, one after the other. */
export type CollectionCopy = z.infer<typeof collectionSchema>

/** One file of a backup, its path relative to the backup's folder. */
export type FileCopy = z.infer<typeof fileSchema>

const MANIFEST = 'manifest.json'
const DIGEST = 'manifest.sha256'

/** Writes the manifest and its digest; nothing is written after it. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = JSON.stringify(manifest, undefined, 2)
  await writeFile(join(folder, MANIFEST), text)
  await writeFile(join(folder, DIGEST), `${createHash('sha256').update(text).digest('hex')}\n`)
}

/**
 * Reads a backup's manifest and compares everything it names with what is there.
 *
 * @throws Error with one line naming the first thing that is missing or changed
 */
export async function readVerified(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => {
    throw new Error(`${folder} 不是备份 · is not a backup: it has no ${MANIFEST}`)
  })
  const digest = await readFile(join(folder, DIGEST), 'utf8').catch(() => '')
  if (digest.trim() !== createHash('sha256').update(text).digest('hex')) {
    throw new Error(`${MANIFEST} 已被改动 · was changed since the backup`)
  }
  const manifest = manifestSchema.parse(JSON.parse(text))
  for (const each of [...manifest.collections, ...manifest.files]) await verifyFile(folder, each)
  return manifest
}

/** Size and digest of a file. */
export async function describeFile(folder: string, path: string): Promise<FileCopy> {
  const { size } = await stat(join(folder, path))
  return { path, bytes: size, sha256: await digestOf(join(folder, path)) }
}

async function verifyFile(folder: string, { path, bytes, sha256 }: FileCopy): Promise<void> {
  if (path.split('/').includes('..')) throw new Error(`${path} 不在备份之内 · lies outside the backup`)
  const found = await describeFile(folder, path).catch(() => undefined)
  if (!found) throw new Error(`${path} 缺失 · is missing from the backup`)
  if (found.bytes !== bytes || found.sha256 !== sha256) throw new Error(`${path} 已损坏 · is damaged`)
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
