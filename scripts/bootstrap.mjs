// The only script that runs before any package is installed: checks Node, installs, builds, then hands over.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const OLDEST_NODE = [20, 19]
const [command, ...args] = process.argv.slice(2)

refuseOldNode()
await installPackages()
process.exitCode = await hand(command, args)

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isNewEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
  if (isNewEnough) return
  console.error(
    `Node.js ${process.versions.node} 太旧，需要 ${OLDEST_NODE.join('.')} 或更新 · is too old, install ${OLDEST_NODE.join('.')} or newer`,
  )
  process.exit(1)
}

/**
 * Packages are installed when the lock file is not the one they were installed from. Not by `npm ci`: it refuses a registry that lacks optional
 * packages of other platforms, while `npm install --no-save` takes the locked versions and leaves the lock file alone.
 */
async function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  const mark = join(ROOT, 'node_modules', '.jiujinan-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  console.error('正在安装软件包 · Installing packages (npm install) …')
  const installed = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  if (installed !== 0) {
    console.error(
      '安装失败：请检查网络或 npm 源 · Installing failed: check the network or the npm registry, then run the same command again',
    )
    process.exit(installed)
  }
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, lock)
}

async function hand(name, rest) {
  if (name === 'build') return build()
  if (name === 'start')
    return (await build()) || run('node', ['--enable-source-maps', 'dist/scripts/start.js', ...rest])
  if (name === 'test' || name === 'dev' || name === 'check') return script(name, rest)
  if (name === 'run' && rest[0]) return script(rest[0], rest.slice(1))
  console.error('usage: node scripts/bootstrap.mjs start|test|dev|check|build|run NAME')
  return 2
}

/** In production the compiled scripts run; elsewhere the sources do. */
function script(name, rest) {
  const compiled = join('dist', 'scripts', `${name}.js`)
  if (process.env.NODE_ENV === 'production' && existsSync(join(ROOT, compiled)))
    return run('node', ['--enable-source-maps', compiled, ...rest])
  return run('node', ['--import', 'tsx', join('scripts', `${name}.ts`), ...rest])
}

/** Compiles server and pages, each only when something of it changed. */
async function build() {
  return (await compile()) || run('node', ['--import', 'tsx', join('scripts', 'build-assets.ts')])
}

async function compile() {
  const mark = join(ROOT, 'dist', '.jiujinan-sources')
  const state = stateOfSources()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === state) return 0
  const failed = await run('node', [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'])
  if (!failed) writeFileSync(mark, state)
  return failed
}

/** Changes when a source file is added, removed or written. */
function stateOfSources() {
  const files = ['src', 'workers', 'scripts'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(ROOT, folder, name)),
  )
  const hash = createHash('sha256')
  for (const file of [...files, ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json']].sort()) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex')
}

/** Runs a program in the foreground and passes on the signals that end us. */
function run(program, programArgs) {
  const child = spawn(program, programArgs, { cwd: ROOT, stdio: 'inherit' })
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  signals.forEach((signal) => process.on(signal, forward))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('exit', (code) => {
      signals.forEach((signal) => process.off(signal, forward))
      resolve(code ?? 1)
    })
  })
}
