import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { projectRoot } from '../src/platform/project-root.ts'

type Check = readonly [name: string, command: readonly string[]]

/** Everything that can be said about the code without running it, in two lanes that take about as long and run side by side. */
const LANES: readonly (readonly Check[])[] = [
  [['lint', ['eslint', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0', '.']]],
  [
    ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
    ['types', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
    ['browser types', ['tsc', '--noEmit', '-p', 'src/browser/tsconfig.json']],
    ['imports', ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'workers']],
    ['unused code', ['knip']],
  ],
]

/** Runs all checks and says which did not hold. */
async function check(): Promise<boolean> {
  const lanes = await Promise.all(
    LANES.map(async (lane) => {
      let holds = true
      for (const one of lane) holds = (await run(one)) && holds
      return holds
    }),
  )
  return lanes.every(Boolean)
}

/** What a check says is printed when it ends, so that two never speak at once. */
async function run([name, command]: Check): Promise<boolean> {
  const startedAt = Date.now()
  const started = spawn('npx', ['--no-install', ...command], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [started.stdout, started.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = (await once(started, 'close')) as [number | null]
  process.stdout.write(
    `${said}${status === 0 ? '✔' : '✘'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`,
  )
  return status === 0
}

process.exitCode = (await check()) ? 0 : 1
