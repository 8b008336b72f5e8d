import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { compileAsync } from 'sass'
import { projectRoot } from '../src/platform/project-root.ts'

const ROOT = projectRoot()

/** Oldest browsers served: five-year-old phones, the counties' office machines, the messengers' built-in views. */
const BROWSERS = ['chrome80', 'safari14', 'firefox78']

/** Where the sources stand and where the built files go. */
export interface BuildAssetsOptions {
  /** Default: `views/` of the project. */
  readonly viewsDir?: string
  /** Default: `dist/public` of the project. */
  readonly publicDir?: string
}

/** Name and size of a built file. Bytes. */
export interface BuiltFile {
  readonly name: string
  readonly bytes: number
}

/**
 * Builds the pages' style sheet, scripts and icon sprite; names carry a digest so that they can be cached for ever.
 *
 * Leaves everything as it is when no source changed since the last build.
 *
 * @returns the built files; empty when nothing had to be done
 */
export async function buildAssets(options: BuildAssetsOptions = {}): Promise<BuiltFile[]> {
  const viewsDir = options.viewsDir ?? path.join(ROOT, 'views')
  const publicDir = options.publicDir ?? path.join(ROOT, 'dist', 'public')
  const sources = await digestOfSources(viewsDir)
  if ((await builtFrom(publicDir)) === sources) return []

  const workDir = `${publicDir}.${process.pid}`
  await mkdir(workDir, { recursive: true })
  const { sprite, icons } = await drawSprite(path.join(viewsDir, 'icons'))
  const favicon = await readFile(path.join(viewsDir, 'icons', 'favicon.svg'), 'utf8')
  const named = { 'app.css': await styleSheet(viewsDir), 'icons.svg': sprite, 'favicon.svg': favicon }
  const files: Record<string, string> = {}
  const built: BuiltFile[] = []
  for (const [name, text] of Object.entries(named)) {
    files[name] = withDigest(name, text)
    await writeFile(path.join(workDir, files[name]), text)
    built.push({ name: files[name], bytes: Buffer.byteLength(text) })
  }
  for (const file of await browserScripts(workDir)) {
    if (file.entry) files['app.js'] = file.name
    built.push({ name: file.name, bytes: file.bytes })
  }
  await writeFile(path.join(workDir, 'manifest.json'), JSON.stringify({ sources, files, icons }, null, 2))
  await replaceFolder(publicDir, workDir)
  return built
}

/** Puts a finished build in the place of the old one; of two builds at the same time one stays. */
async function replaceFolder(old: string, fresh: string): Promise<void> {
  await rm(old, { recursive: true, force: true })
  await rename(fresh, old).catch(async (error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    await rm(fresh, { recursive: true, force: true })
  })
}

async function styleSheet(viewsDir: string): Promise<string> {
  const { css } = await compileAsync(path.join(viewsDir, 'styles', 'app.scss'), {
    style: 'compressed',
    loadPaths: [path.join(ROOT, 'node_modules')],
    quietDeps: true,
  })
  return css
}

async function browserScripts(publicDir: string): Promise<(BuiltFile & { entry: boolean })[]> {
  const result = await build({
    entryPoints: [path.join(ROOT, 'src', 'browser', 'app.ts')],
    outdir: publicDir,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: BROWSERS,
    // Safari 14.0 has a bug in a rare form of destructuring that we do not write; rewriting all of it would cost more.
    supported: { destructuring: true },
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  return Object.entries(result.metafile.outputs).map(([file, output]) => ({
    name: path.basename(file),
    bytes: output.bytes,
    entry: output.entryPoint?.endsWith('src/browser/app.ts') ?? false,
  }))
}

/** One sprite of the icons named in `names.json` (from lucide, ISC licence) and of our own drawings beside it. */
async function drawSprite(iconsDir: string): Promise<{ sprite: string; icons: string[] }> {
  const lucide = path.join(path.dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons')
  const names = JSON.parse(await readFile(path.join(iconsDir, 'names.json'), 'utf8')) as string[]
  const own = (await readdir(iconsDir))
    .filter((file) => file.endsWith('.svg') && file !== 'favicon.svg')
    .map((file) => path.basename(file, '.svg'))
  const symbols = [
    ...names.map((name) => symbol(path.join(lucide, `${name}.svg`), name)),
    ...own.map((name) => symbol(path.join(iconsDir, `${name}.svg`), name)),
  ]
  const body = (await Promise.all(symbols)).join('\n')
  const sprite = `<!-- Contains icons of lucide.dev, ISC licence -->\n<svg xmlns="http://www.w3.org/2000/svg">\n${body}\n</svg>\n`
  return { sprite, icons: [...names, ...own] }
}

/** The drawing of one icon with the attributes of its outermost element, as a symbol others can use. */
async function symbol(file: string, name: string): Promise<string> {
  const svg = (await readFile(file, 'utf8')).replace(/<!--.*?-->/gs, '')
  const found = /<svg([^>]*)>(.*)<\/svg>/s.exec(svg)
  if (!found) throw new Error(`${file} is not a drawing`)
  const [, attributes = '', body = ''] = found
  const kept = [...attributes.matchAll(/\b(viewBox|fill|stroke[a-z-]*)="[^"]*"/g)].map(([attribute]) => attribute)
  return `<symbol id="${name}" ${kept.join(' ')}>${body.replace(/\s+/g, ' ').trim()}</symbol>`
}

function withDigest(name: string, text: string): string {
  const { name: base, ext } = path.parse(name)
  return `${base}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}${ext}`
}

async function digestOfSources(viewsDir: string): Promise<string> {
  const folders = [path.join(viewsDir, 'styles'), path.join(viewsDir, 'icons'), path.join(ROOT, 'src', 'browser')]
  const found = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })))
  const files = found
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  const shared = path.join(ROOT, 'src', 'shared', 'due.ts')
  const digest = createHash('sha256')
  for (const file of [...files, shared, path.join(ROOT, 'package-lock.json'), fileURLToPath(import.meta.url)].sort()) {
    digest.update(file).update(await readFile(file))
  }
  return digest.digest('hex')
}

async function builtFrom(publicDir: string): Promise<string | undefined> {
  try {
    const manifest = JSON.parse(await readFile(path.join(publicDir, 'manifest.json'), 'utf8')) as { sources?: string }
    return manifest.sources
  } catch {
    return undefined
  }
}

const HELP = `Builds styles, scripts and icons of the pages into dist/public.

  node --import tsx scripts/build-assets.ts [--help]`

/** Builds and says what was written. */
async function buildAndTell(): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(HELP)
    return
  }
  const built = await buildAssets()
  for (const { name, bytes } of built) console.log(`${name}  ${(bytes / 1024).toFixed(1)} KB`)
  if (built.length === 0) console.log('Nothing changed since the last build.')
}

// Not awaited at the top: the tests load this file too, and a module that awaits there would be loaded a second time beside itself.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  buildAndTell().catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
