import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The web process collects its garbage before its old generation grows past this, so that it stays below 250 MB resident; unbounded, V8
 * takes whatever a large machine has. Measured at 254 intakes a second: 189 MB with it, 298 MB without, at the same pace. Megabytes.
 */
const WEB_HEAP_MB = 192

/** The processes of the product, by the file that starts them. */
const ENTRIES = {
  exchange: 'scripts/exchange/main',
  worker: 'workers/main',
  web: 'src/app/main',
} as const

export type ProcessName = keyof typeof ENTRIES

/** What Node is started with for a process of the product: the same for `npm start`, the Procfile and the benches. */
export function nodeArgs(name: ProcessName, { isCompiled = runsCompiled() } = {}): string[] {
  const heap = name === 'web' ? [`--max-old-space-size=${WEB_HEAP_MB}`] : []
  const entry = ENTRIES[name]
  return isCompiled
    ? ['--enable-source-maps', ...heap, `dist/${entry}.js`]
    : ['--import', 'tsx', ...heap, `${entry}.ts`]
}

function runsCompiled(): boolean {
  return extname(fileURLToPath(import.meta.url)) === '.js'
}
